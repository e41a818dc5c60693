import type { Decision, Reason } from '#shared/control.ts';
import type { DecisionMark } from '#shared/ledger.ts';

/** What was last marked, by load: its setpoint, W, and its reason; and the guard in force. */
export interface MarkState {
  setpoints: Record<string, number>;
  reasons?: Record<string, { told?: string; next?: { reason: Reason; sinceMs: number } }>;
  guard?: string;
}

// The lane shows decisions, not the tracking between them.
const SMALLEST_CHANGE_W = 10;
const SMALLEST_CHANGE = 0.05;
/** A reason that lasts so long is noted though no setpoint changed: why nothing ran is asked most. */
const NOTE_AFTER_MS = 60_000;

/** Marks worth showing of one decision. The first decision of a run marks nothing but what runs. */
export function marksOf(state: MarkState, decision: Decision): { state: MarkState; marks: DecisionMark[] } {
  const marks: DecisionMark[] = [];
  const setpoints = { ...state.setpoints };
  for (const { loadId, setpointW, reason } of decision.loads) {
    const kind = kindOf(setpoints[loadId] ?? 0, setpointW);
    if (!kind) continue;
    marks.push({ atMs: decision.atMs, loadId, kind, setpointW, reason });
    setpoints[loadId] = setpointW;
  }
  if (decision.guard !== undefined && decision.guard !== state.guard) {
    for (const { loadId, setpointW, reason } of decision.loads) {
      if (reason.id === decision.guard) marks.push({ atMs: decision.atMs, loadId, kind: 'guard', setpointW, reason });
    }
  }
  const reasons: NonNullable<MarkState['reasons']> = {};
  for (const { loadId, setpointW, reason } of decision.loads) {
    const before = state.reasons?.[loadId];
    if (marks.some((mark) => mark.loadId === loadId) || reason.id === before?.told) {
      reasons[loadId] = { told: reason.id };
      continue;
    }
    const next = before?.next?.reason.id === reason.id ? before.next : { reason, sinceMs: decision.atMs };
    const lasts = decision.atMs - next.sinceMs >= NOTE_AFTER_MS;
    if (lasts) marks.push({ atMs: next.sinceMs, loadId, kind: 'note', setpointW, reason: next.reason });
    reasons[loadId] = lasts ? { told: reason.id } : { ...before, next };
  }
  return {
    state: { setpoints, reasons, ...(decision.guard === undefined ? {} : { guard: decision.guard }) },
    marks,
  };
}

function kindOf(fromW: number, toW: number): 'start' | 'raise' | 'lower' | 'stop' | undefined {
  if (fromW === toW) return undefined;
  if (fromW === 0) return 'start';
  if (toW === 0) return 'stop';
  if (Math.abs(toW - fromW) < Math.max(SMALLEST_CHANGE_W, fromW * SMALLEST_CHANGE)) return undefined;
  return toW > fromW ? 'raise' : 'lower';
}
