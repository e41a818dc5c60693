import type { LoadState } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import { httpClient, type HttpResult } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected, secretOf } from './answers.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { changedTuning, powerRange, powerTuning, withTarget } from './epic-tuning.ts';
import { at, hottest, listAt, loadReading, numberAt, scaled, sum, textAt } from './fields.ts';
import { levelAtOrBelow, steps, type Levels } from './levels.ts';

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

/**
 * ePIC PowerPlay: stopped and started, and where its owner let it tune for power (PowerTune), held at a power target.
 * Which algorithm tunes it, and how it throttles, is the owner's.
 */
export const openEpic: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  const summary = (signal: AbortSignal) => client.json('/summary', signal);
  let abilities: unknown;
  let levels: Levels | undefined;

  async function findAbilities(signal: AbortSignal): Promise<unknown> {
    const found = await client.json('/capabilities', signal);
    return found.outcome === 'ok' ? found.value : undefined;
  }

  async function post(path: string, param: unknown, signal: AbortSignal): Promise<HttpResult<unknown>> {
    const password = secretOf(device, ports);
    if (password === undefined)
      return failed(
        'unauthorized',
        `${client.address}: no password is stored for this ePIC miner; enter it under Devices`,
      );
    const done = await client.json(path, signal, { method: 'POST', body: { param, password } });
    if (done.outcome === 'failed' || at(done.value, 'result') !== false) return done;
    const reason = textAt(done.value, 'error') ?? 'no reason';
    return failed('unauthorized', `${client.address} refuses ${path} (“${reason}”); check its password`);
  }

  /** Writes the target alone, and reads the tuning again: all else must be as the owner had it. */
  async function aim(before: unknown, levelW: number, signal: AbortSignal): Promise<DriverResult<Written>> {
    const aimed = withTarget(before, levelW);
    if (!aimed) return answer(ports, { wrote: [] });
    const done = await post('/perpetualtune/algo', aimed, signal);
    if (done.outcome === 'failed') return done;
    const after = await summary(signal);
    if (after.outcome === 'failed') return after;
    const changed = changedTuning(before, after.value);
    if (changed.length > 0)
      return failed(
        'exception',
        `${client.address} took the power target and changed ${changed.join(', ')} as well; look at its own web page`,
      );
    return answer(ports, { wrote: [`POST /perpetualtune/algo ${levelW} W`] });
  }

  return {
    async capabilities(signal) {
      const reply = await summary(signal);
      if (reply.outcome === 'failed') return reply;
      const draw = numberAt(reply.value, 'Power Supply Stats', 'Input Power');
      const target = numberAt(reply.value, 'PresetInfo', 'Target Power');
      const watts = stateOf(reply.value) === 'mining' && draw !== undefined && draw > 0 ? draw : target;
      const common = { kind: 'miner', startS: 180, startW: 200, raiseGapS: 120, startsPerDay: 8 } as const;
      abilities = (await findAbilities(signal)) ?? abilities;
      levels = powerRange(reply.value, abilities);
      // Its vendor says that a target is met within 30 s, ±50 W (asic-rs #289).
      if (levels) return answer(ports, { ...common, levels });
      return answer(ports, watts === undefined ? common : { ...common, levels: steps([Math.round(watts)]) });
    },

    async read(signal) {
      const reply = await summary(signal);
      if (reply.outcome === 'failed') return reply;
      abilities ??= await findAbilities(signal);
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
        shareDifficulty: numberAt(from, 'Session', 'Difficulty'),
        powerTarget: powerTuning(from)?.targetW,
        powerMin: levels?.kind === 'range' ? levels.minW : undefined,
        powerMax: levels?.kind === 'range' ? levels.maxW : undefined,
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
      const levelW = levels ? levelAtOrBelow(levels, order.setpointW) : order.setpointW;
      // First the target, then the start: else it would start at the old one.
      const aimed = levelW > 0 ? await aim(reply.value, levelW, signal) : answer(ports, { wrote: [] });
      if (aimed.outcome === 'failed') return aimed;
      const stands = stateOf(reply.value) === 'paused';
      if (stands === levelW <= 0) return aimed;
      const param = levelW > 0 ? 'Autostart' : 'Stop';
      const done = await post('/miner', param, signal);
      if (done.outcome === 'failed') return done;
      return answer(ports, { wrote: [...aimed.value.wrote, `POST /miner ${param}`] });
    },

    close: () => client.close(),
  } satisfies MinerDriver;
};

function stateOf(from: unknown): LoadState | undefined {
  return STATES[(textAt(from, 'Status', 'Operating State') ?? '').toLowerCase().replaceAll(' ', '')];
}
