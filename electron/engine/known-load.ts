import type { LoadModel } from '#shared/control.ts';
import { maxLevelW, minLevelW } from '#engine/control/response.ts';
import type { KnownLoad } from '#engine/devices/commissioning.ts';

/** As much as a small kettle where the load can, W. */
const WANTED_W = 1000;
/** Less is lost in the noise of a house, W. */
const LEAST_W = 300;
/** A load that is still on its way up when this time is over is stopped all the same. */
const MOST_START_MS = 180_000;

/** A load in the place of the kettle; undefined: it draws too little to be told from the house. */
export function knownLoad(load: LoadModel): KnownLoad | undefined {
  const { levels, startS, rampUpWps } = load;
  if (maxLevelW(load) < LEAST_W) return undefined;
  const drawW =
    levels.kind === 'range'
      ? Math.min(levels.maxW, Math.max(levels.minW, WANTED_W))
      : (levels.watts.find((watts) => watts >= WANTED_W) ?? maxLevelW(load));
  const rampS = (drawW - minLevelW(load)) / rampUpWps;
  return { drawW, startMs: Math.min(MOST_START_MS, 1000 * (startS + rampS)) };
}
