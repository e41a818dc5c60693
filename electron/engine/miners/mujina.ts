import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected } from './answers.ts';
import type { MinerDriver, OpenMinerDriver } from './driver.ts';
import { flagAt, hottest, listAt, loadReading, numberAt, scaled, sum, textAt } from './fields.ts';
import { steps } from './levels.ts';

const PATH = '/api/v0/miner';

/** mujina, open firmware: `paused` is the one member we write. */
export const openMujina: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection);
  const drawOf = (from: unknown) =>
    sum(listAt(from, 'boards').flatMap((board) => listAt(board, 'powers').map((power) => numberAt(power, 'power_w'))));

  return {
    async capabilities(signal) {
      const reply = await client.json(PATH, signal);
      if (reply.outcome === 'failed') return reply;
      const watts = drawOf(reply.value);
      const common = { kind: 'miner', startS: 30, raiseGapS: 60, lowerGapS: 30 } as const;
      return answer(
        ports,
        watts === undefined || watts <= 0 || flagAt(reply.value, 'paused')
          ? common
          : { ...common, levels: steps([watts]) },
      );
    },

    async read(signal) {
      const reply = await client.json(PATH, signal);
      if (reply.outcome === 'failed') return reply;
      const from = reply.value;
      const boards = listAt(from, 'boards');
      const paused = flagAt(from, 'paused');
      // H/s.
      const hashrate = scaled(numberAt(from, 'hashrate'), 1e-12);
      const draw = drawOf(from);
      const reading = loadReading({
        draw,
        drawSource: draw === undefined ? undefined : 'measured',
        hashrate,
        state: paused ? 'paused' : hashrate === undefined ? undefined : hashrate > 0 ? 'mining' : 'starting',
        temperature: hottest(
          boards.flatMap((board) => listAt(board, 'temperatures').map((one) => numberAt(one, 'temperature_c'))),
        ),
        uptime: numberAt(from, 'uptime_secs'),
        fanRpm: hottest(boards.flatMap((board) => listAt(board, 'fans').map((fan) => numberAt(fan, 'rpm')))),
        model: textAt(boards[0], 'model'),
        serial: textAt(boards[0], 'serial'),
      });
      return answer(ports, reading, from);
    },

    async command(order, signal) {
      const reply = await client.json(PATH, signal);
      if (reply.outcome === 'failed') return reply;
      const paused = order.setpointW <= 0;
      if (flagAt(reply.value, 'paused') === paused) return answer(ports, { wrote: [] });
      const done = await client.text(PATH, signal, { method: 'PATCH', body: { paused } });
      return done.outcome === 'failed' ? done : answer(ports, { wrote: [`paused ${paused}`] });
    },

    close: () => client.close(),
  } satisfies MinerDriver;
};
