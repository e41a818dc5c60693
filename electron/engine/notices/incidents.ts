/** A condition that holds now and would deserve a word if it lasts. */
export interface Condition {
  id: string;
  subject?: string;
  level: 'info' | 'warn' | 'critical';
  message: string;
  /** How long it must last before the owner is told, ms. */
  afterMs: number;
}

interface Incident {
  sinceMs: number;
  told: boolean;
  /** Told by an engine before this one, which needs time to find out again whether it still holds. */
  keptUntilMs?: number;
}
export type IncidentState = Readonly<Record<string, Incident>>;

const FIND_OUT_MS = 10 * 60_000;

/** The incidents whose owner was told before a restart. @param keys as `toldKeys` gave them */
export const resumeIncidents = (keys: readonly string[], nowMs: number): IncidentState =>
  Object.fromEntries(keys.map((key) => [key, { sinceMs: nowMs, told: true, keptUntilMs: nowMs + FIND_OUT_MS }]));

export const toldKeys = (state: IncidentState): string[] => Object.keys(state).filter((key) => state[key]?.told);

/**
 * One notice per incident: told once when its time is up, cleared silently when the condition ends.
 * @param conditions those that hold at `nowMs`
 */
export function trackIncidents(
  state: IncidentState,
  conditions: readonly Condition[],
  nowMs: number,
): { state: IncidentState; begun: Condition[] } {
  const next: Record<string, Incident> = {};
  const begun: Condition[] = [];
  for (const condition of conditions) {
    const key = condition.subject === undefined ? condition.id : `${condition.id} ${condition.subject}`;
    if (next[key]) continue;
    const before = state[key] ?? { sinceMs: nowMs, told: false };
    // Where the clock was set back meanwhile it counts from now.
    const sinceMs = Math.min(before.sinceMs, nowMs);
    const due = !before.told && nowMs - sinceMs >= condition.afterMs;
    if (due) begun.push(condition);
    next[key] = { sinceMs, told: before.told || due };
  }
  for (const [key, incident] of Object.entries(state))
    if ((incident.keptUntilMs ?? -Infinity) > nowMs) next[key] ??= incident;
  return { state: next, begun };
}
