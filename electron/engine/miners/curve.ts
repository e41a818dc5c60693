import type { LoadReading } from '#shared/reading.ts';

/** Power ↔ hashrate of one miner, ascending, as `LoadModel.curve`. */
export type Curve = readonly { drawW: number; hashrateThs: number }[];

// Points nearer than this share of the draw are one point: noise of watts and hashrate is about 2 %.
const SAME_SHARE = 0.04;
const WEIGHT = 0.2;
const MOST_POINTS = 24;

/** The curve after one more settled observation. */
export function learn(curve: Curve, drawW: number, hashrateThs: number): Curve {
  if (!(drawW > 0) || !(hashrateThs > 0)) return curve;
  const near = curve.findIndex((point) => Math.abs(point.drawW - drawW) <= SAME_SHARE * drawW);
  const seen = { drawW, hashrateThs };
  const points =
    near < 0
      ? [...curve, seen]
      : curve.map((point, i) =>
          i === near
            ? {
                drawW: point.drawW + WEIGHT * (drawW - point.drawW),
                hashrateThs: point.hashrateThs + WEIGHT * (hashrateThs - point.hashrateThs),
              }
            : point,
        );
  return points.toSorted((a, b) => a.drawW - b.drawW).slice(-MOST_POINTS);
}

/** The same for a reading; an estimated draw teaches nothing. */
export function learnFrom(curve: Curve, { draw, drawSource, hashrate }: LoadReading): Curve {
  if (drawSource === 'estimated' || draw === undefined || hashrate === undefined) return curve;
  return learn(curve, draw, hashrate);
}

/** Draw that belongs to a hashrate, between the two points around it; undefined where the curve says nothing. */
export function drawAtHashrate(curve: Curve, hashrateThs: number): number | undefined {
  const first = curve[0];
  const last = curve.at(-1);
  if (!first || !last || hashrateThs <= 0) return undefined;
  const above = curve.find((point) => point.hashrateThs >= hashrateThs);
  const below = curve.findLast((point) => point.hashrateThs <= hashrateThs);
  if (above && below) {
    const span = above.hashrateThs - below.hashrateThs;
    const share = span > 0 ? (hashrateThs - below.hashrateThs) / span : 0;
    return below.drawW + share * (above.drawW - below.drawW);
  }
  const nearest = above ?? last;
  return (nearest.drawW * hashrateThs) / nearest.hashrateThs;
}
