import { useState } from 'react';
import { useShowable } from '../use-live.ts';

const LEAST_W = 50;
const LEAST_SHARE = 0.05;
/** Ticks in a row before it is worth a word. */
const TICKS = 3;

/** What the balance does not explain, once it is large and lasts. */
export function useUnexplained(): number | undefined {
  const live = useShowable('live');
  const [seen, setSeen] = useState({ atMs: 0, ticks: 0 });
  const { unexplainedW = 0, snapshot, atMs = 0 } = live ?? {};
  const intoSite = [snapshot?.production, snapshot?.import, snapshot?.discharge].map((each) => each?.value ?? 0);
  const large = Math.abs(unexplainedW) > Math.max(LEAST_W, LEAST_SHARE * Math.max(...intoSite));
  const ticks = large ? (seen.atMs === atMs ? seen.ticks : seen.ticks + 1) : 0;
  if (ticks !== seen.ticks || (large && atMs !== seen.atMs)) setSeen({ atMs, ticks });
  return ticks >= TICKS ? Math.abs(unexplainedW) : undefined;
}
