import { createServer } from 'node:http';
import { listen, type Served } from '../conformance/served.ts';
import type { Wires } from './fault.ts';

/** A Shelly of the second generation in front of a load: it measures, and it cuts. */
export async function servePlug(id: string, { plant, loads, unpowered }: Wires): Promise<Served> {
  const miner = plant.miners[id];
  if (!miner) throw new Error(`there is no ${id} to plug in`);
  const powered = miner.step;
  const supply = (on: boolean) => {
    if (on === !unpowered.has(id)) return;
    loads.get(id)?.cut(!on);
    if (on) unpowered.delete(id);
    else unpowered.add(id);
    miner.step = on
      ? powered
      : () => void Object.assign(miner, { phase: 'paused', drawW: 0, hashrateThs: 0, uptimeS: 0 });
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://plug');
    const wasOn = !unpowered.has(id);
    if (pathname === '/rpc/Switch.Set') supply(searchParams.get('on') === 'true');
    const reply = pathname === '/rpc/Switch.Set' ? { was_on: wasOn } : { id: 0, output: wasOn, apower: miner.drawW };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
  });
  return listen(server);
}
