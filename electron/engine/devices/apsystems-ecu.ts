import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import { tcpExchange } from '../transports/tcp-exchange.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { contextOf, unsuitable } from './family.ts';
import { given } from './normalize/directions.ts';

/** A frame tells its own length without the line feed; query 0001 is the gateway itself (ksheumaker/apsystems_ecur). */
const QUERY = 'APS1100160001END\n';
const SHORTEST = 43;
/** Some gateways think for several seconds. */
const TIMEOUT_MS = 15_000;

/** APsystems ECU-R and ECU-C. The gateway hears its inverters every five minutes, and hangs when asked too often. */
export const openApsystemsEcu: OpenPlantAdapter = (device, ports) => {
  const { connection } = device;
  if (connection.transport !== 'tcp') return unsuitable(device, 'tcp');
  const { ok } = contextOf(device, ports);
  const { host, port } = connection;
  return {
    async read(signal) {
      const complete = (bytes: Buffer) => bytes.includes('END\n', SHORTEST - 4);
      const limits = { complete, maxBytes: 4096, timeoutMs: TIMEOUT_MS };
      const reply = await tcpExchange({ host, port }, QUERY, limits, signal);
      if (reply.outcome === 'failed') return reply;
      const reading = ecuReading(reply.bytes);
      if (reading) return ok(reading);
      return failed('garbage', `${host}:${port} does not answer as an APsystems ECU; check the device type`);
    },
    close: () => Promise.resolve(),
  };
};

/** @returns undefined where the bytes are no whole answer to the query */
export function ecuReading(bytes: Buffer): PlantReading | undefined {
  const text = (at: number, length: number) => bytes.toString('latin1', at, at + length);
  const whole =
    bytes.length >= SHORTEST &&
    text(0, 3) === 'APS' &&
    text(9, 4) === '0001' &&
    text(bytes.length - 4, 3) === 'END' &&
    Number(text(5, 4)) === bytes.length - 1;
  if (!whole) return undefined;
  // 0.1 kWh; a gateway that has just started tells 0 for everything.
  const lifetime = bytes.readUInt32BE(27);
  if (lifetime === 0) return { serial: text(13, 12) };
  return given({ production: bytes.readUInt32BE(31), productionTotal: lifetime * 100, serial: text(13, 12) });
}
