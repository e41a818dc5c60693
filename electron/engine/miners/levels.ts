import type { LoadModel } from '#shared/control.ts';

export type Levels = LoadModel['levels'];

/** A step that the device tells anew from its own draw wanders by about 2 %; a setpoint of before must still mean it. */
const SAME_SHARE = 0.03;
const isAtOrBelow = (watts: number, setpointW: number) => watts <= setpointW * (1 + SAME_SHARE);

/** The setpoint a load can run at that is nearest below what is wanted; 0 where even the smallest is too much. */
export function levelAtOrBelow(levels: Levels, setpointW: number): number {
  if (levels.kind === 'steps') return Math.max(0, ...levels.watts.filter((watts) => isAtOrBelow(watts, setpointW)));
  if (setpointW < levels.minW) return 0;
  const steps = Math.floor((Math.min(setpointW, levels.maxW) - levels.minW) / levels.stepW + 1e-9);
  return levels.minW + steps * levels.stepW;
}

/** The entry with the most watts not above the wanted ones. */
export function entryAtOrBelow<E extends { watts: number }>(entries: readonly E[], setpointW: number): E | undefined {
  return entries.filter((entry) => isAtOrBelow(entry.watts, setpointW)).toSorted((a, b) => b.watts - a.watts)[0];
}

export const steps = (watts: readonly number[]): Levels => ({
  kind: 'steps',
  watts: [...new Set(watts)].filter((w) => w > 0).toSorted((a, b) => a - b),
});

export const smallestW = (levels: Levels): number => (levels.kind === 'steps' ? (levels.watts[0] ?? 0) : levels.minW);
export const largestW = (levels: Levels): number =>
  levels.kind === 'steps' ? (levels.watts.at(-1) ?? 0) : levels.maxW;
