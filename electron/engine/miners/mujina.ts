import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected } from './answers.ts';
import type { MinerDriver, OpenMinerDriver } from './driver.ts';
import { flagAt, hottest, listAt, loadReading, numberAt, scaled, sum, textAt } from './fields.ts';
import { steps } from './levels.ts';

const PATH = '/api/v0/miner';

/** Boards whose power can be aimed at while they run, W (aadhi1014/nano-mujina@3dd99c9e, miners.md 1.4). */
const TARGETS = [{ model: /nano\s*-?3s/i, minW: 20, maxW: 130 }] as const;

/** mujina, open firmware: `paused` is written, and the power target of a board that has one. */
export const openMujina: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  const drawOf = (from: unknown) =>
    sum(listAt(from, 'boards').flatMap((board) => listAt(board, 'powers').map((power) => numberAt(power, 'power_w'))));

  /** Told last; it is not to be read back. */
  let aimedW: number | undefined;
  /** The one board whose power can be aimed at. */
  const aimable = (from: unknown) => {
    const [board, ...others] = listAt(from, 'boards');
    const name = textAt(board, 'name');
    const range = TARGETS.find(({ model }) => model.test(textAt(board, 'model') ?? ''));
    return range && name !== undefined && others.length === 0
      ? { name, minW: range.minW, maxW: range.maxW }
      : undefined;
  };

  return {
    async capabilities(signal) {
      const reply = await client.json(PATH, signal);
      if (reply.outcome === 'failed') return reply;
      // It may have been started anew since.
      aimedW = undefined;
      const watts = drawOf(reply.value);
      const board = aimable(reply.value);
      const common = { kind: 'miner', startS: 30, raiseGapS: 60, lowerGapS: 30 } as const;
      if (board) {
        const levels = { kind: 'range', minW: board.minW, maxW: board.maxW, stepW: 5 } as const;
        return answer(ports, { ...common, levels });
      }
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
      const wrote: string[] = [];
      const board = aimable(reply.value);
      if (board && !paused && aimedW !== order.setpointW) {
        const targetW = Math.min(board.maxW, Math.max(board.minW, order.setpointW));
        const path = `/api/v0/boards/${encodeURIComponent(board.name)}/power-target`;
        const aimed = await client.text(path, signal, { method: 'PATCH', body: { target_w: targetW } });
        if (aimed.outcome === 'failed') return aimed;
        aimedW = order.setpointW;
        wrote.push(`power target ${targetW} W`);
      }
      if (flagAt(reply.value, 'paused') === paused) return answer(ports, { wrote });
      const done = await client.text(PATH, signal, { method: 'PATCH', body: { paused } });
      return done.outcome === 'failed' ? done : answer(ports, { wrote: [...wrote, `paused ${paused}`] });
    },

    close: () => client.close(),
  } satisfies MinerDriver;
};
