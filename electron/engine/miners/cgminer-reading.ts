import type { LoadState } from '#shared/reading.ts';
import { at, flagAt, hottest, listAt, numberAt, scaled, textAt, type ReadingDraft } from './fields.ts';

// cgminer writes MH/s, the BMMiner forks GH/s (miners.md 1.1).
const THS_PER_MHS = 1e-6;
const THS_PER_GHS = 1e-3;
/** The averages that follow a change; "av" runs since the start and is wrong for hours after a pause. */
const PRESENT = ['5s', '1m', '5m', '15m'];

/** BFGMiner names its short average by its log interval, 20 s unless the owner sets another (`--log`). */
const logInterval = (entry: unknown): string[] =>
  Object.keys(typeof entry === 'object' && entry !== null ? entry : {}).flatMap(
    (key) => /^MHS (\d+s)$/.exec(key)?.[1] ?? [],
  );

/** TH/s of a SUMMARY or DEVS entry: the shortest average it has. */
export function hashrateOf(entry: unknown): number | undefined {
  for (const window of [...PRESENT, ...logInterval(entry)]) {
    const mhs = numberAt(entry, `MHS ${window}`);
    if (mhs !== undefined) return mhs * THS_PER_MHS;
    const ghs = numberAt(entry, `GHS ${window}`);
    if (ghs !== undefined) return ghs * THS_PER_GHS;
  }
  return (
    scaled(numberAt(entry, 'HS RT') ?? numberAt(entry, 'MHS av'), THS_PER_MHS) ??
    scaled(numberAt(entry, 'GHS av'), THS_PER_GHS)
  );
}

export function fromSummary(reply: unknown): ReadingDraft {
  const entry = at(reply, 'SUMMARY', 0);
  return {
    hashrate: hashrateOf(entry),
    acceptedShares: numberAt(entry, 'Accepted'),
    rejectedShares: numberAt(entry, 'Rejected'),
    acceptedDifficulty: numberAt(entry, 'Difficulty Accepted'),
    uptime: numberAt(entry, 'Elapsed'),
    // Forks that know their supply; plain cgminer does not.
    draw: numberAt(entry, 'Power'),
    drawSource: numberAt(entry, 'Power') === undefined ? undefined : 'measured',
    powerTarget: numberAt(entry, 'Power Limit'),
  };
}

export function fromDevices(reply: unknown): ReadingDraft {
  return { temperature: hottest(listAt(reply, 'DEVS').map((device) => numberAt(device, 'Temperature'))) };
}

/** True while any pool answers; unknown where no pool is set up. */
export function poolAlive(reply: unknown): boolean | undefined {
  const states = listAt(reply, 'POOLS').map((pool) => textAt(pool, 'Status'));
  const used = states.filter((state) => state !== undefined && state !== 'Disabled');
  return used.length === 0 ? undefined : used.includes('Alive');
}

export function fromVersion(reply: unknown): ReadingDraft {
  const entry = at(reply, 'VERSION', 0);
  return {
    model: textAt(entry, 'Type') ?? textAt(entry, 'PROD') ?? textAt(entry, 'MODEL'),
    firmware: textAt(entry, 'CompileTime') ?? textAt(entry, 'Miner') ?? textAt(entry, 'CGMiner'),
  };
}

// ASICs take minutes from boot to the first hash (miners.md 2.2: up to 10).
const START_S = 600;

/** What a plain API lets one conclude; undefined where it does not say. */
export function stateOf(draft: ReadingDraft, devices: unknown): LoadState | undefined {
  const enabled = listAt(devices, 'DEVS').map((device) => flagAt(device, 'Enabled'));
  if (enabled.length > 0 && enabled.every((on) => on === false)) return 'paused';
  if (draft.hashrate === undefined) return undefined;
  if (draft.hashrate > 0) return 'mining';
  if (listAt(devices, 'DEVS').some((device) => textAt(device, 'Status') === 'NoStart')) return 'starting';
  return draft.uptime !== undefined && draft.uptime < START_S ? 'starting' : undefined;
}
