import type { LoadState } from '#shared/reading.ts';
import { listAt, loadReading, numberAt, scaled, sum, textAt } from './fields.ts';

/** The members of Canaan's status line: `KEY[value] KEY[a b c]`. */
export type AvalonStatus = ReadonlyMap<string, string>;

const KEY = /([A-Za-z][\w ]*?)\[([^\]]*)\]/g;

/** One status line of all hash boards' controllers: `STATS[].“MM ID0”`, on home units `“MM ID0:Summary”`. */
export function avalonStatus(reply: unknown): AvalonStatus | undefined {
  for (const entry of listAt(reply, 'STATS'))
    for (const [name, line] of Object.entries(Object(entry)))
      if (/^MM ID\d/.test(name) && typeof line === 'string') {
        const members = [...line.matchAll(KEY)].map(([, key = '', value = '']) => [key.trim(), value.trim()] as const);
        return new Map(members);
      }
  return undefined;
}

const number = (status: AvalonStatus, key: string, index = 0) =>
  numberAt((status.get(key) ?? '').replace('%', '').split(/\s+/), index);

/** What enters the supply, W. PS is error, control mV, hash mV, A, W out, set mV, W in; WALLPOWER repeats the last. */
function wallW(status: AvalonStatus): number | undefined {
  return number(status, 'WALLPOWER') ?? number(status, 'PS', 6);
}

export function avalonState(status: AvalonStatus): LoadState | undefined {
  const work = status.get('SYSTEMSTATU') ?? '';
  const state = number(status, 'STATE');
  if (/In Idle/i.test(work) || state === 2) return 'paused';
  if (state === 0 || /In Init/i.test(work)) return 'starting';
  if (!/In Work/i.test(work) && state !== 1) return undefined;
  return (number(status, 'GHSspd') ?? 1) > 0 ? 'mining' : 'starting';
}

/** Setting `key` in force: WORKMODE, WORKLEVEL. */
export const avalonSetting = (status: AvalonStatus, key: string): number | undefined => number(status, key);
/** Rated watts of the mode in force. */
export const avalonRatedW = (status: AvalonStatus): number | undefined => number(status, 'MPO');

export function avalonReading(status: AvalonStatus, replies: { summary: unknown; pools: unknown; version: unknown }) {
  const state = avalonState(status);
  // PS[6] in standby reads 17 W on one unit and 146 W on another (miners.md 1.4): unknown.
  const draw = state === 'paused' ? undefined : wallW(status);
  const identity = listAt(replies.version, 'VERSION')[0];
  const hottestC = number(status, 'TMax');
  const pools = listAt(replies.pools, 'POOLS');
  return loadReading({
    draw,
    drawSource: draw === undefined ? undefined : 'measured',
    // GHSavg and GHSmm stay high for hours after a stop.
    hashrate: scaled(number(status, 'GHSspd'), 1e-3),
    state,
    temperature: hottestC !== undefined && hottestC > 0 ? hottestC : undefined,
    acceptedShares: numberAt(replies.summary, 'SUMMARY', 0, 'Accepted'),
    rejectedShares: numberAt(replies.summary, 'SUMMARY', 0, 'Rejected'),
    acceptedDifficulty: sum(pools.map((pool) => numberAt(pool, 'Difficulty Accepted'))),
    powerTarget: state === 'paused' ? undefined : avalonRatedW(status),
    uptime: number(status, 'Elapsed'),
    poolAlive: pools.length === 0 ? undefined : pools.some((pool) => textAt(pool, 'Status') === 'Alive'),
    fanRpm: state === 'paused' ? undefined : number(status, 'Fan1'),
    model: textAt(identity, 'PROD') ?? textAt(identity, 'MODEL'),
    firmware:
      textAt(identity, 'CGVERSION') ?? textAt(identity, 'LVERSION') ?? textAt(identity, 'VERSION') ?? status.get('Ver'),
    serial: textAt(identity, 'DNA'),
  });
}
