import type { LoadState } from '#shared/reading.ts';
import { fromSummary, fromVersion, poolAlive, stateOf } from './cgminer-reading.ts';
import { at, hottest, listAt, loadReading, numberAt, scaled, sum, textAt, type ReadingDraft } from './fields.ts';

const THS_PER_GHS = 1e-3;
const SLEEP = 1;

/** From the web pages, which know of sleep; the API on 4028 does not. */
export function fromPages(pages: { stats: unknown; pools: unknown; config: unknown; system: unknown }) {
  const stats = at(pages.stats, 'STATS', 0);
  const pools = listAt(pages.pools, 'POOLS');
  const chips = listAt(stats, 'chain').flatMap((chain) => listAt(chain, 'temp_chip').map((t) => numberAt(t)));
  const used = pools
    .map((pool) => textAt(pool, 'status'))
    .filter((status) => status !== undefined && status !== 'Disabled');
  const hashrate = scaled(numberAt(stats, 'rate_5s'), THS_PER_GHS);
  const uptime = numberAt(stats, 'elapsed');
  const mode = numberAt(stats, 'miner-mode') ?? numberAt(pages.config, 'bitmain-work-mode');
  return loadReading({
    hashrate,
    // Some models take the sleep mode and hash on (asic-rs #310).
    state: mode === SLEEP && !hashrate ? 'paused' : running(hashrate, uptime),
    temperature: hottest(chips),
    acceptedShares: sum(pools.map((pool) => numberAt(pool, 'accepted'))),
    rejectedShares: sum(pools.map((pool) => numberAt(pool, 'rejected'))),
    acceptedDifficulty: sum(pools.map((pool) => numberAt(pool, 'diffa'))),
    uptime,
    poolAlive: used.length === 0 ? undefined : used.includes('Alive'),
    fanRpm: hottest(listAt(stats, 'fan').map((rpm) => numberAt(rpm))),
    model: textAt(pages.system, 'minertype') ?? textAt(pages.stats, 'INFO', 'type'),
    firmware: textAt(pages.system, 'system_filesystem_version') ?? textAt(pages.stats, 'INFO', 'CompileTime'),
    serial: textAt(pages.system, 'macaddr'),
  });
}

function running(hashrate: number | undefined, uptime: number | undefined): LoadState | undefined {
  if (hashrate === undefined) return undefined;
  if (hashrate > 0) return 'mining';
  return uptime !== undefined && uptime < 900 ? 'starting' : 'fault';
}

/** From the API on 4028: `devs` has one pseudo device that says 0, so chips come from `stats`. */
export function fromApi(replies: { summary: unknown; stats: unknown; pools: unknown; version: unknown }) {
  const stats = at(replies.stats, 'STATS', 1);
  const draft: ReadingDraft = {
    ...fromVersion(replies.version),
    ...fromSummary(replies.summary),
    temperature: hottest([numberAt(stats, 'temp_max'), ...chipTemperatures(stats)]),
    fanRpm: hottest(['fan1', 'fan2', 'fan3', 'fan4'].map((fan) => numberAt(stats, fan))),
    poolAlive: poolAlive(replies.pools),
  };
  return loadReading({ ...draft, state: stateOf(draft, undefined) });
}

/** `temp_chip1` is "78-50-69-70": inlet and outlet chips of one board. */
function chipTemperatures(stats: unknown): (number | undefined)[] {
  return [1, 2, 3, 4].flatMap((board) =>
    (textAt(stats, `temp_chip${board}`) ?? '').split('-').map((part) => (part === '' ? undefined : Number(part))),
  );
}
