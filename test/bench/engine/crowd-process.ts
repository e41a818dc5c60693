// The plant's other devices: 59 SunSpec inverters, 20 Shelly Gen2 meters and 20 Fronius inverters, each with its own port.
import http from 'node:http';
import { sunspecImage } from '../../devices/sunspec-image.ts';
import { listen } from '../../conformance/served.ts';
import { serveModbus } from './serve-modbus.ts';
import { CROWD, type CrowdPorts } from './site.ts';

const httpDevice = (answer: (path: string) => object) =>
  listen(
    http.createServer((request, response) => {
      const body = JSON.stringify(answer(request.url ?? ''));
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }),
  );

const shelly = () =>
  httpDevice(() => ({
    id: 0,
    voltage: 230.1,
    current: 0.44,
    apower: CROWD.shellyW,
    freq: 50,
    aenergy: { total: 41_250.5 },
    ret_aenergy: { total: 0 },
  }));

const fronius = () =>
  httpDevice((path) =>
    path.includes('GetPowerFlow')
      ? {
          Body: {
            Data: {
              Inverters: { 1: { DT: 1, E_Total: 9_000_000, P: CROWD.froniusW } },
              Site: { E_Total: 9_000_000, P_Akku: null, P_Grid: null, P_Load: null, P_PV: CROWD.froniusW },
            },
          },
          Head: { Status: { Code: 0 } },
        }
      : { Body: { Data: { DeviceStatus: { StatusCode: 7 } } }, Head: { Status: { Code: 0 } } },
  );

async function serveAll(): Promise<CrowdPorts> {
  const portsOf = async (count: number, open: () => Promise<{ port: number }>) => {
    const served = await Promise.all(Array.from({ length: count }, open));
    return served.map(({ port }) => port);
  };
  const { words, base } = sunspecImage(40_000, { acW: CROWD.inverterW, meterW: -CROWD.inverterW });
  return {
    inverters: await portsOf(CROWD.inverters, () => serveModbus(words, base)),
    shellies: await portsOf(CROWD.shellies, shelly),
    fronius: await portsOf(CROWD.fronius, fronius),
  };
}

const ports = await serveAll();
process.send?.(ports);
process.once('disconnect', () => process.exit(0));
