/** A condition that holds now and would deserve a word if it lasts. */
export interface Condition {
  id: string;
  subject?: string;
  level: 'info' | 'warn' | 'critical';
  message: string;
  /** How long it must last before the owner is told, ms. */
  afterMs: number;
}

export type IncidentState = Readonly<Record<string, { sinceMs: number; told: boolean }>>;

/**
 * One notice per incident: told once when its time is up, cleared silently when the condition ends.
 * @param conditions those that hold at `nowMs`
 */
export function trackIncidents(
  state: IncidentState,
  conditions: readonly Condition[],
  nowMs: number,
): { state: IncidentState; begun: Condition[] } {
  const next: Record<string, { sinceMs: number; told: boolean }> = {};
  const begun: Condition[] = [];
  for (const condition of conditions) {
    const key = condition.subject === undefined ? condition.id : `${condition.id} ${condition.subject}`;
    if (next[key]) continue;
    const before = state[key] ?? { sinceMs: nowMs, told: false };
    const due = !before.told && nowMs - before.sinceMs >= condition.afterMs;
    if (due) begun.push(condition);
    next[key] = { sinceMs: before.sinceMs, told: before.told || due };
  }
  return { state: next, begun };
}
