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
  /** Its condition does not hold now; back before then it is the same incident. */
  keptUntilMs?: number;
}
export type IncidentState = Readonly<Record<string, Incident>>;

/** What flickers is one incident; and after a restart the engine needs minutes to find out again what holds. */
const SAME_MS = 10 * 60_000;

/** The incidents whose owner was told before a restart. @param keys as `toldKeys` gave them */
export const resumeIncidents = (keys: readonly string[], nowMs: number): IncidentState =>
  Object.fromEntries(keys.map((key) => [key, { sinceMs: nowMs, told: true, keptUntilMs: nowMs + SAME_MS }]));

export const toldKeys = (state: IncidentState): string[] => Object.keys(state).filter((key) => state[key]?.told);

/**
 * One notice per incident: told once when its time is up, cleared silently when the condition has ended for ten minutes.
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
  for (const [key, incident] of Object.entries(state)) {
    if (next[key] || !incident.told) continue;
    const keptUntilMs = Math.min(incident.keptUntilMs ?? Infinity, nowMs + SAME_MS);
    if (keptUntilMs > nowMs) next[key] = { ...incident, keptUntilMs };
  }
  return { state: next, begun };
}
