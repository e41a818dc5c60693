/** Recursive picture of the surplus' recent past: no history is scanned, each tick costs the same. */
export interface SkyState {
  count: number;
  atMs: number;
  nowW: number;
  /** Averages over 3 s and 9 s: their difference is the slope. */
  fastW: number;
  slowW: number;
  slopeWps: number;
  /** Slow averages of production and of demand (production - surplus), and how far each is off it to our loss, W. */
  plantW: number;
  demandW: number;
  plantFallW: number;
  demandRiseW: number;
  /** Last surpluses, one slot a tick, newest at `head`. */
  ring: number[];
  head: number;
  /** Mean fall over 10 s, and mean of its square, W. */
  fallW: number;
  fallSquare: number;
  /** Mean absolute change from reading to reading: meter noise on a calm day, W. */
  jitterW: number;
  /** Average surplus while it was positive, W. */
  levelW: number;
}

export const initialSky = (): SkyState => ({
  count: 0,
  atMs: -1,
  nowW: 0,
  fastW: 0,
  slowW: 0,
  slopeWps: 0,
  plantW: 0,
  demandW: 0,
  plantFallW: 0,
  demandRiseW: 0,
  ring: [],
  head: -1,
  fallW: 0,
  fallSquare: 0,
  jitterW: 5,
  levelW: 0,
});

const RING = 64;
const FAST_S = 3;
const SLOW_S = 9;
const FALL_S = 10;
const CAUSE_S = 20;
const MEMORY_S = 600;

/** Takes one new surplus; the same instant again changes nothing. */
export function watchSky(sky: SkyState, surplusW: number, productionW: number | undefined, atMs: number): void {
  if (atMs <= sky.atMs) return;
  const dtS = sky.atMs < 0 ? 1 : Math.min(600, (atMs - sky.atMs) / 1000);
  sky.atMs = atMs;
  if (sky.count === 0) {
    sky.fastW = surplusW;
    sky.slowW = surplusW;
    sky.levelW = Math.max(0, surplusW);
  }
  if (productionW !== undefined) {
    const share = sky.count === 0 ? 1 : 1 - Math.exp(-dtS / CAUSE_S);
    sky.plantW += share * (productionW - sky.plantW);
    sky.demandW += share * (productionW - surplusW - sky.demandW);
    sky.plantFallW = sky.plantW - productionW;
    sky.demandRiseW = productionW - surplusW - sky.demandW;
  }
  const memory = Math.min(1, dtS / MEMORY_S);
  // What changes over a longer time is weather, not noise.
  if (dtS <= FALL_S) sky.jitterW += (dtS / 60) * (Math.min(50, Math.abs(surplusW - sky.nowW)) - sky.jitterW);
  sky.nowW = surplusW;
  sky.fastW += (1 - Math.exp(-dtS / FAST_S)) * (surplusW - sky.fastW);
  sky.slowW += (1 - Math.exp(-dtS / SLOW_S)) * (surplusW - sky.slowW);
  sky.slopeWps = (sky.fastW - sky.slowW) / (SLOW_S - FAST_S);
  sky.levelW += memory * (Math.max(0, surplusW) - sky.levelW);
  const back = Math.max(1, Math.round(FALL_S / dtS));
  if (sky.count >= back) {
    const then = sky.ring[(sky.head - back + 1 + RING) % RING] ?? surplusW;
    // Rarer readings show the fall of a longer time.
    const fall = (Math.max(0, then - surplusW) * FALL_S) / Math.max(FALL_S, back * dtS);
    sky.fallW += memory * (fall - sky.fallW);
    sky.fallSquare += memory * (fall * fall - sky.fallSquare);
  }
  sky.head = (sky.head + 1) % RING;
  sky.ring[sky.head] = surplusW;
  sky.count = Math.min(sky.count + 1, RING);
}
