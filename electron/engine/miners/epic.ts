import type { LoadState } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected, secretOf } from './answers.ts';
import type { MinerDriver, OpenMinerDriver } from './driver.ts';
import { at, hottest, listAt, loadReading, numberAt, scaled, sum, textAt } from './fields.ts';
import { steps } from './levels.ts';

const STATES: Record<string, LoadState> = {
  mining: 'mining',
  initializing: 'starting',
  starting: 'starting',
  autostart: 'starting',
  rampingup: 'starting',
  idling: 'paused',
  idle: 'paused',
  stopped: 'paused',
  stopping: 'paused',
  error: 'fault',
};

/** ePIC PowerPlay: stopped and started; its tuning target is the owner's. */
export const openEpic: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection);
  const summary = (signal: AbortSignal) => client.json('/summary', signal);
  let abilities: unknown;

  return {
    async capabilities(signal) {
      const reply = await summary(signal);
      if (reply.outcome === 'failed') return reply;
      const draw = numberAt(reply.value, 'Power Supply Stats', 'Input Power');
      const target = numberAt(reply.value, 'PresetInfo', 'Target Power');
      const watts = stateOf(reply.value) === 'mining' && draw !== undefined && draw > 0 ? draw : target;
      const common = { kind: 'miner', startS: 180, startW: 200, raiseGapS: 120, startsPerDay: 8 } as const;
      return answer(ports, watts === undefined ? common : { ...common, levels: steps([Math.round(watts)]) });
    },

    async read(signal) {
      const reply = await summary(signal);
      if (reply.outcome === 'failed') return reply;
      abilities ??= await client
        .json('/capabilities', signal)
        .then((found) => (found.outcome === 'ok' ? found.value : undefined));
      const from = reply.value;
      const draw = numberAt(from, 'Power Supply Stats', 'Input Power');
      const boards = listAt(from, 'HBs');
      const connected = at(from, 'Stratum', 'IsPoolConnected');
      const reading = loadReading({
        draw: draw === 0 ? undefined : draw,
        drawSource: draw === undefined || draw === 0 ? undefined : 'measured',
        // Hashrate is MH/s, expected share, error share.
        hashrate:
          scaled(sum(boards.map((board) => numberAt(board, 'Hashrate', 0))), 1e-6) ??
          (stateOf(from) === 'paused' ? 0 : undefined),
        state: stateOf(from),
        temperature: hottest(boards.map((board) => numberAt(board, 'Temperature'))),
        acceptedShares: numberAt(from, 'Session', 'Accepted'),
        rejectedShares: numberAt(from, 'Session', 'Rejected'),
        uptime: numberAt(from, 'Session', 'Uptime'),
        poolAlive: typeof connected === 'boolean' ? connected : undefined,
        fanRpm: hottest([1, 2, 3, 4].map((fan) => numberAt(from, 'Fans Rpm', `Fans Speed ${fan}`))),
        model: textAt(abilities, 'Model'),
        firmware: textAt(from, 'Software'),
      });
      return answer(ports, reading, from);
    },

    async command(order, signal) {
      const reply = await summary(signal);
      if (reply.outcome === 'failed') return reply;
      const stands = stateOf(reply.value) === 'paused';
      if (stands === order.setpointW <= 0) return answer(ports, { wrote: [] });
      const password = secretOf(device, ports);
      if (password === undefined)
        return failed(
          'unauthorized',
          `${client.address}: no password is stored for this ePIC miner; enter it under Devices`,
        );
      const param = order.setpointW > 0 ? 'Autostart' : 'Stop';
      const done = await client.json('/miner', signal, { method: 'POST', body: { param, password } });
      if (done.outcome === 'failed') return done;
      if (at(done.value, 'result') === false)
        return failed(
          'unauthorized',
          `${client.address} refuses “${param}” (“${textAt(done.value, 'error') ?? 'no reason'}”); check its password`,
        );
      return answer(ports, { wrote: [`POST /miner ${param}`] });
    },

    close: () => client.close(),
  } satisfies MinerDriver;
};

function stateOf(from: unknown): LoadState | undefined {
  return STATES[(textAt(from, 'Status', 'Operating State') ?? '').toLowerCase().replaceAll(' ', '')];
}
