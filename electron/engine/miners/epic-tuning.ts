import { at, flagAt, listAt, numberAt } from './fields.ts';
import type { Levels } from './levels.ts';

/** The one algorithm whose target is watts; the others aim at a hashrate (PowerPlay /capabilities). */
const ALGORITHM = 'PowerTune';

export interface PowerTuning {
  targetW: number;
  minThrottle: number | undefined;
  throttleStep: number | undefined;
}

/** How it tunes for power now; undefined while something else or nothing tunes it. */
export function powerTuning(summary: unknown): PowerTuning | undefined {
  const tuning = at(summary, 'PerpetualTune', 'Algorithm', ALGORITHM);
  const targetW = numberAt(tuning, 'Target');
  if (flagAt(summary, 'PerpetualTune', 'Running') !== true || targetW === undefined) return undefined;
  return {
    targetW,
    minThrottle: numberAt(tuning, 'Min Throttle Target'),
    throttleStep: numberAt(tuning, 'Throttle Step'),
  };
}

/** The watts it can be held at, where its owner lets it tune for power. */
export function powerRange(summary: unknown, abilities: unknown): Levels | undefined {
  if (!powerTuning(summary)) return undefined;
  const offered = listAt(abilities, 'PerpetualTune').find((one) => at(one, 'algorithm') === ALGORITHM);
  const [minW, maxW] = [numberAt(offered, 'min'), numberAt(offered, 'max')];
  if (minW === undefined || maxW === undefined || minW <= 0 || maxW <= minW) return undefined;
  return { kind: 'range', minW, maxW, stepW: 50 };
}

/** The parameter of /perpetualtune/algo: what was read, with another target; undefined where it is that already. */
export function withTarget(summary: unknown, targetW: number): Record<string, unknown> | undefined {
  const now = powerTuning(summary);
  if (!now || now.targetW === targetW) return undefined;
  return {
    algo: ALGORITHM,
    target: targetW,
    ...(now.minThrottle === undefined ? {} : { min_throttle: now.minThrottle }),
    ...(now.throttleStep === undefined ? {} : { throttle_step: now.throttleStep }),
  };
}

/** Names of the owner's settings that came out of a write other than they went in. */
export function changedTuning(before: unknown, after: unknown): string[] {
  const [was, is] = [powerTuning(before), powerTuning(after)];
  if (!is) return ['PerpetualTune.Algorithm'];
  const changed = [
    ...(was?.minThrottle === is.minThrottle ? [] : ['Min Throttle Target']),
    ...(was?.throttleStep === is.throttleStep ? [] : ['Throttle Step']),
  ];
  return JSON.stringify(at(before, 'StratumConfigs')) === JSON.stringify(at(after, 'StratumConfigs'))
    ? changed
    : [...changed, 'StratumConfigs'];
}
