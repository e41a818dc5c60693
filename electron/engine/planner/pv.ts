import type { SourceOf } from '#shared/plan.ts';
import { YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';
import { skyOfYear } from './sky.ts';
import { clearClearness, RAD, sunYear } from './sun.ts';

const GROUND_REFLECTION = 0.2;
/** Rise of the cell over the air in full sun, °C: NOCT of 45 °C, 20 °C air, 800 W/m². */
const CELL_RISE_C = (45 - 20) / 800;

/** What the panels could give, W, minute by minute, the inverter's limit included. */
export function pvYear(
  source: SourceOf<'pv'>,
  place: { latitude: number; longitude: number },
  year: CalendarYear,
  seed: number,
): Float32Array {
  const sun = sunYear(year, place.latitude, place.longitude);
  const reachable = clearClearness(year, sun);
  const light = skyOfYear(
    year,
    source.clearness.map((clearness, month) => clearness / (reachable[month] as number)),
    seed,
  );
  const powerW = new Float32Array(YEAR_MINUTES);
  const cosTilt = Math.cos(RAD * source.tilt);
  const sinTilt = Math.sin(RAD * source.tilt);
  const sinHorizon = source.horizon.map((degrees) => Math.sin(RAD * degrees));
  const wattsPerWm2 = (source.peakW / 1000) * (1 - source.lossPercent / 100);
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const height = sun.height[i] as number;
    if (height <= 0) continue;
    const topWm2 = sun.topWm2[i] as number;
    const levelWm2 = Math.min(topWm2, (sun.clearWm2[i] as number) * (light[i] as number));
    const diffuseWm2 = levelWm2 * diffuseShare(levelWm2 / topWm2);
    const beamWm2 = levelWm2 - diffuseWm2;
    const azimuth = sun.azimuth[i] as number;
    const cosIncidence =
      height * cosTilt + Math.sqrt(1 - height * height) * sinTilt * Math.cos(RAD * (azimuth - source.azimuth));
    const sector = Math.floor((azimuth / 360) * sinHorizon.length) % sinHorizon.length;
    const seen = cosIncidence > 0 && height > (sinHorizon[sector] as number);
    // At the horizon the ratio runs away; the sun gives next to nothing there.
    const beamRatio = seen ? cosIncidence / Math.max(height, 0.05) : 0;
    // Hay and Davies 1980: part of the diffuse light comes from around the sun.
    const aroundSun = beamWm2 / topWm2;
    const tiltedWm2 =
      beamWm2 * beamRatio +
      diffuseWm2 * (aroundSun * beamRatio + ((1 - aroundSun) * (1 + cosTilt)) / 2) +
      (levelWm2 * GROUND_REFLECTION * (1 - cosTilt)) / 2;
    const cellC = (source.airC[year.month[i] as number] as number) + CELL_RISE_C * tiltedWm2;
    const warm = 1 - (source.percentPerC / 100) * (cellC - 25);
    powerW[i] = Math.min(source.inverterW, Math.max(0, wattsPerWm2 * tiltedWm2 * warm));
  }
  return powerW;
}

/** Share of the light that is diffuse, by clearness: Erbs, Klein and Duffie 1982. */
export function diffuseShare(clearness: number): number {
  if (clearness <= 0.22) return 1 - 0.09 * clearness;
  if (clearness > 0.8) return 0.165;
  return 0.9511 - 0.1604 * clearness + 4.388 * clearness ** 2 - 16.638 * clearness ** 3 + 12.336 * clearness ** 4;
}
