import { Reason } from '#shared/control.ts';
import type { DecisionMark } from '#shared/ledger.ts';

/** What held for a load at an instant. */
export interface Held {
  loadId: string;
  sinceMs: number;
  reason: Reason;
}

/** The last word on each load at or before an instant; a load without one is left out. Marks ascend. */
export function heldAt(marks: readonly DecisionMark[], atMs: number): Held[] {
  const held = new Map<string, Held>();
  for (const mark of marks) {
    if (mark.atMs > atMs) break;
    const reason = Reason.safeParse(mark.reason);
    if (reason.success) held.set(mark.loadId, { loadId: mark.loadId, sinceMs: mark.atMs, reason: reason.data });
  }
  return [...held.values()];
}
