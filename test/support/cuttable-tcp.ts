import net from 'node:net';
import { listen, type Served } from '../conformance/served.ts';

/** A wire to a port on loopback that can be cut. */
export interface CuttableTcp extends Served {
  cut(isCut: boolean): void;
  /** Bytes that came back over the connection that is open now, 0 without one. */
  heard(): number;
}

export async function cuttableTcp(toPort: number): Promise<CuttableTcp> {
  let isCut = false;
  const open = new Set<net.Socket>();
  let heard = 0;
  const server = net.createServer({ noDelay: true }, (near) => {
    if (isCut) return void near.destroy();
    const far = net.connect({ host: '127.0.0.1', port: toPort, noDelay: true });
    open.add(near);
    heard = 0;
    const end = () => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    far.on('data', (chunk) => (heard += chunk.length));
    near.pipe(far);
    far.pipe(near);
  });
  return {
    ...(await listen(server)),
    cut(now) {
      isCut = now;
      if (isCut) for (const socket of open) socket.destroy();
    },
    heard: () => (open.size > 0 ? heard : 0),
  };
}
