import { Reason, type ReasonId } from '#shared/control.ts';
import type { DecisionMark } from '#shared/ledger.ts';

/** What is asked for; '': any. */
export interface LogFilter {
  kind: DecisionMark['kind'] | '';
  reason: ReasonId | '';
  load: string;
}

export const noFilter: LogFilter = { kind: '', reason: '', load: '' };

const reasonOf = ({ reason }: DecisionMark): ReasonId | undefined => Reason.safeParse(reason).data?.id;

export const chosen = (mark: DecisionMark, { kind, reason, load }: LogFilter): boolean =>
  (kind === '' || mark.kind === kind) &&
  (load === '' || mark.loadId === load) &&
  (reason === '' || reasonOf(mark) === reason);

/** What there is to choose from, each once, in the order of its first appearance. */
export const optionsOf = (marks: readonly DecisionMark[]) => ({
  kinds: [...new Set(marks.map(({ kind }) => kind))],
  reasons: [...new Set(marks.flatMap((mark) => reasonOf(mark) ?? []))],
  loads: [...new Set(marks.map(({ loadId }) => loadId))],
});
