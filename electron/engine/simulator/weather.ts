import { chance, smoothNoise, smoothStep } from './noise.ts';
import { clearSky, type Panels } from './sun.ts';

/** Seconds since the local midnight before the simulation began: it starts at 36 000. */
export type SiteSeconds = number;
const DAY_S = 86_400;

type Sky = 'clear' | 'broken' | 'overcast';

/** The first day has passing clouds, so that a newcomer sees the miner follow them. */
function skyOfDay(seed: number, day: number): Sky {
  if (day === 0) return 'broken';
  const draw = chance(seed + 11, day);
  return draw < 0.3 ? 'clear' : draw < 0.78 ? 'broken' : 'overcast';
}

/** @returns how much of the direct sun comes through, 0..1.06: the edge of a cloud adds to it */
function sunThrough(seed: number, t: SiteSeconds): number {
  const sky = skyOfDay(seed, Math.floor(t / DAY_S));
  const slow = smoothNoise(seed + 1, t / 1500);
  if (sky === 'clear') return 0.97 + 0.03 * slow;
  if (sky === 'overcast') return 0.02 + 0.2 * slow * slow;
  const field = 0.55 * slow + 0.3 * smoothNoise(seed + 2, t / 420) + 0.15 * smoothNoise(seed + 3, t / 90);
  const cover = smoothStep(0.54, 0.62, field);
  const depth = 0.75 + 0.2 * smoothNoise(seed + 4, t / 300);
  return 1 - cover * depth + 0.24 * cover * (1 - cover);
}

/** @returns W the panels could give now */
export function solarPotentialW(seed: number, t: SiteSeconds, atMs: number, panels: Panels): number {
  const { beamW, diffuseW } = clearSky(atMs, panels);
  if (beamW + diffuseW === 0) return 0;
  const through = sunThrough(seed, t);
  // Clouds scatter: grey skies have more diffuse light than blue ones.
  const diffuse = diffuseW * (1 + 1.2 * smoothStep(1, 0.4, through));
  return beamW * through + diffuse;
}

/** @returns m/s at the hub: weather over hours, turbulence over minutes and gusts over seconds */
export function windSpeed(seed: number, t: SiteSeconds): number {
  const weather = 3 + 9 * smoothNoise(seed + 21, t / 14_400) + 2 * smoothNoise(seed + 22, t / 2400);
  const turbulence =
    0.5 * (smoothNoise(seed + 23, t / 180) - 0.5) +
    0.35 * (smoothNoise(seed + 24, t / 35) - 0.5) +
    0.3 * (smoothNoise(seed + 25, t / 7) - 0.5);
  return Math.max(0, weather * (1 + 0.42 * turbulence));
}

/** @returns W of a small turbine: cut-in 3 m/s, rated 11 m/s, storm stop 22 m/s */
export function windPotentialW(speed: number, ratedW: number): number {
  if (speed < 3 || speed > 22) return 0;
  return ratedW * Math.min(1, (speed ** 3 - 27) / (1331 - 27));
}

/** @returns W of a stream turbine: days of rain and drought, hours of ripple */
export function streamPotentialW(seed: number, t: SiteSeconds, ratedW: number): number {
  const flow = 0.62 + 0.33 * smoothNoise(seed + 31, t / (2 * DAY_S) + 0.4) + 0.04 * smoothNoise(seed + 32, t / 1800);
  return ratedW * Math.min(1, flow + 0.004 * (smoothNoise(seed + 33, t / 3) - 0.5));
}
