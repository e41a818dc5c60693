import type { Plan } from '#shared/plan.ts';
import type { PlanMoney, PlanYear, ReplayResult } from '#shared/plan-result.ts';
import { futuresOf } from './futures.ts';
import { replay, type ReplayOrder } from './replay.ts';
import { simulateYear } from './simulate.ts';
import type { Brought } from './weather.ts';

/** What a worker is asked; structured-clonable. */
export type Job =
  | { kind: 'year'; plan: Plan; seed: number; brought: Brought; partial: boolean }
  | { kind: 'futures'; plan: Plan; years: PlanYear[]; futures: number }
  | { kind: 'replay'; order: ReplayOrder };

/** What it answers with, by the kind of the job. */
export interface Answers {
  year: PlanYear;
  futures: PlanMoney;
  replay: ReplayResult;
}
export type AnswerOf<J extends Job> = Answers[J['kind']];

/** Progress on the way; the partial year where it was asked for. */
export interface Progress {
  progress: number;
  year?: PlanYear;
}

/** Reports of a year hold its figures only so often. */
const PARTIAL_EVERY = 0.15;

export function runJob(job: Job, report: (progress: Progress) => void): Answers[Job['kind']] {
  if (job.kind === 'futures') return futuresOf(job.plan, job.years, job.futures);
  if (job.kind === 'replay') return replay(job.order, (progress) => report({ progress }));
  const running = simulateYear(job.plan, job.seed, job.brought);
  let shown = 0;
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
    const { progress, partial } = next.value;
    const due = job.partial && progress >= shown + PARTIAL_EVERY && progress < 1;
    if (due) shown = progress;
    report({ progress, ...(due ? { year: partial() } : {}) });
  }
}
