import { z } from 'zod';
import { initialState, initialTrack, type ControlState } from './state.ts';

/** Starts and writes of a local day, kept over restarts: a wear budget is spent only once a day. */
export const KeptWear = z.record(
  z.string(),
  z.object({ day: z.number().int(), starts: z.number().int().min(0), writes: z.number().int().min(0) }),
);
export type KeptWear = z.infer<typeof KeptWear>;

export const wearOf = ({ loads }: ControlState): KeptWear =>
  Object.fromEntries(Object.entries(loads).map(([id, { day, starts, writes }]) => [id, { day, starts, writes }]));

/** A state that begins anew but remembers what was spent; `step` forgets it itself when the day is another. */
export function stateWithWear(kept: KeptWear, nowMs: number): ControlState {
  const state = initialState();
  for (const [id, wear] of Object.entries(kept)) state.loads[id] = { ...initialTrack(nowMs), ...wear };
  return state;
}
