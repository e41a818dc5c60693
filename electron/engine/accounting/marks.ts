import type { Decision } from '#shared/control.ts';
import type { DecisionMark } from '#shared/ledger.ts';

/** Setpoint last marked, W, by load, and the guard in force. */
export interface MarkState {
  setpoints: Record<string, number>;
  guard?: string;
}

// The lane shows decisions, not the tracking between them.
const SMALLEST_CHANGE_W = 10;
const SMALLEST_CHANGE = 0.05;

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
  const next: MarkState = decision.guard === undefined ? { setpoints } : { setpoints, guard: decision.guard };
  if (decision.guard !== undefined && decision.guard !== state.guard) {
    for (const { loadId, setpointW, reason } of decision.loads) {
      if (reason.id === decision.guard) marks.push({ atMs: decision.atMs, loadId, kind: 'guard', setpointW, reason });
    }
  }
  return { state: next, marks };
}

function kindOf(fromW: number, toW: number): 'start' | 'raise' | 'lower' | 'stop' | undefined {
  if (fromW === toW) return undefined;
  if (fromW === 0) return 'start';
  if (toW === 0) return 'stop';
  if (Math.abs(toW - fromW) < Math.max(SMALLEST_CHANGE_W, fromW * SMALLEST_CHANGE)) return undefined;
  return toW > fromW ? 'raise' : 'lower';
}
