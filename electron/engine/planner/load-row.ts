import type { LoadModel } from '#shared/control.ts';
import type { PlanLoad } from '#shared/plan.ts';
import { hashOf } from './device.ts';

/** Most levels a row of many stepped devices is given. */
const MOST_STEPS = 60;

/**
 * A row of equal devices, commanded as one: first one after the other at its least power, where it hashes most per watt,
 * then all of them up. One device is its own model.
 */
export function rowModel({ model, count }: PlanLoad): LoadModel {
  if (count === 1) return model;
  const scaled = {
    standbyW: model.standbyW * count,
    rampUpWps: model.rampUpWps * count,
    rampDownWps: model.rampDownWps * count,
    writesPerDay: model.writesPerDay * count,
  };
  const { levels } = model;
  const leastW = levels.kind === 'range' ? levels.minW : (levels.watts[0] as number);
  const curve = rowCurve(model, count, leastW);
  if (levels.kind === 'range')
    return { ...model, ...scaled, curve, levels: { ...levels, maxW: levels.maxW * count, stepW: levels.stepW } };
  const every = Math.max(1, Math.ceil(count / MOST_STEPS));
  const watts = new Set<number>();
  for (let on = every; on < count; on += every) watts.add(on * leastW);
  for (const each of levels.watts) watts.add(each * count);
  return { ...model, ...scaled, curve, levels: { kind: 'steps', watts: [...watts].sort((a, b) => a - b) } };
}

/** Straight up while devices join at their least power, then the device's own curve times the count. */
function rowCurve(model: LoadModel, count: number, leastW: number): LoadModel['curve'] {
  if (model.curve.length === 0) return [];
  const leastThs = hashOf(model, leastW);
  const above = model.curve.filter(({ drawW }) => drawW > leastW);
  return [
    { drawW: leastW, hashrateThs: leastThs },
    { drawW: leastW * count, hashrateThs: leastThs * count },
    ...above.map(({ drawW, hashrateThs }) => ({ drawW: drawW * count, hashrateThs: hashrateThs * count })),
  ];
}
