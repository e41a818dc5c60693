import type { LoadModel, MarketNow } from '#shared/control.ts';
import { valuePerKwh } from './economics.ts';
import { maxLevelW } from './response.ts';

interface Order {
  market: MarketNow;
  atMs: number;
  loads: LoadModel[];
}

const orders = new WeakMap<readonly LoadModel[], Order>();
/** Values move with the market; a new order each few minutes is soon enough. */
const KEEP_MS = 300_000;

/** @returns loads in the order they are served: priority, then value per kWh, then large before small (small ones take the remainder) */
export function servingOrder(loads: readonly LoadModel[], market: MarketNow, nowMs: number): readonly LoadModel[] {
  if (loads.length < 2) return loads;
  const kept = orders.get(loads);
  if (kept !== undefined && kept.market === market && Math.abs(nowMs - kept.atMs) < KEEP_MS) return kept.loads;
  const ranked = loads.map((load) => ({ load, value: valuePerKwh(load, market) ?? 0 }));
  ranked.sort(
    (a, b) =>
      a.load.priority - b.load.priority ||
      b.value - a.value ||
      maxLevelW(b.load) - maxLevelW(a.load) ||
      (a.load.id < b.load.id ? -1 : 1),
  );
  const sorted = ranked.map(({ load }) => load);
  orders.set(loads, { market, atMs: nowMs, loads: sorted });
  return sorted;
}

/** @returns the waiting compute job that takes this load's silicon, if any */
export function displacedBy(
  load: LoadModel,
  loads: readonly LoadModel[],
  isWaiting: (id: string) => boolean,
): LoadModel | undefined {
  for (const other of loads) {
    const shares = other.sharesWith === load.id || load.sharesWith === other.id;
    if (shares && other.kind === 'compute' && load.kind !== 'compute' && isWaiting(other.id)) return other;
  }
  return undefined;
}
