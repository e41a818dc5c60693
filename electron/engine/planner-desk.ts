import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PlannerContract, Run } from '#shared/contract/planner.ts';
import type { LoadModel } from '#shared/control.ts';
import type { MarketSnapshot } from '#shared/market.ts';
import type { Plan } from '#shared/plan.ts';
import { SavedPlan } from '#shared/plan-result.ts';
import { cell } from '#shared/rpc/cell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { assumptionsOf } from '#engine/planner/assumptions.ts';
import { readBrought } from '#engine/planner/brought.ts';
import { catalogue } from '#engine/planner/catalogue.ts';
import { checkPlan, type Problem } from '#engine/planner/check.ts';
import { planCsv, planJson } from '#engine/planner/export.ts';
import { createPool } from '#engine/planner/pool.ts';
import { replayOrder } from '#engine/planner/replay-order.ts';
import { runPlan, runReplay, runSizing, type Tell } from '#engine/planner/runs.ts';
import { planOfSite } from '#engine/planner/site-plan.ts';
import { storyParts, stories } from '#engine/planner/stories/all.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';

export interface PlannerDesk {
  handlers: Handlers<{ planner: typeof PlannerContract }>['planner'];
  close(): Promise<void>;
}

export interface PlannerPorts {
  clock: Clock;
  log: Log;
  /** Runs in a thread, so that the loop never waits. */
  workerFile: string;
  site(): Site;
  /** What can be commanded now. */
  loads(): readonly LoadModel[];
  ledger: Pick<Ledger, 'settings' | 'minutes' | 'report'>;
  market(): MarketSnapshot;
}

const KEEP_RUNS = 8;
const KEEP_PLANS = 100;
const THREADS = 2;
/** A minute of record is some 100 bytes here, and all of them are held at once. */
const MOST_REPLAY_MS = 62 * 86_400_000;
const SAVED = 'planner.saved';

const refused = (field: string, message: string): { outcome: 'refused'; problems: Problem[] } => ({
  outcome: 'refused',
  problems: [{ field, message }],
});

/** Where an owner tries a plant that need not exist. */
export function openPlannerDesk(ports: PlannerPorts): PlannerDesk {
  const { clock, log, ledger } = ports;
  const pool = createPool(ports.workerFile, THREADS);
  const runs = cell<Run[]>([]);
  const stops = new Map<string, AbortController>();
  const plans = new Map<string, Plan>();
  let kept = ledger.settings.read(SAVED, z.array(SavedPlan)) ?? [];
  const list = () => kept.map(({ id, name, savedMs }) => ({ id, name, savedMs }));
  const saved = cell(list());

  const change = (id: string, part: Partial<Run>) =>
    runs.set((runs.get() ?? []).map((run) => (run.id === id ? { ...run, ...part } : run)));

  function begin(kind: Run['kind'], name: string, work: (tell: Tell, signal: AbortSignal) => Promise<void>) {
    const id = randomUUID();
    const stop = new AbortController();
    stops.set(id, stop);
    runs.set(
      [{ id, kind, name, state: 'running' as const, progress: 0, startedMs: clock.now() }, ...(runs.get() ?? [])].slice(
        0,
        KEEP_RUNS,
      ),
    );
    work((part) => change(id, part), stop.signal)
      .then(() => change(id, { state: 'done', progress: 1 }))
      .catch((cause: unknown) => {
        if (stop.signal.aborted) return change(id, { state: 'cancelled' });
        log.error({ err: cause }, 'a plan could not be worked out');
        change(id, { state: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
      })
      .finally(() => stops.delete(id));
    return id;
  }

  const ledgerDemand = (fromMs: number, toMs: number) =>
    ledger
      .minutes({ fromMs, toMs })
      .flatMap(({ startMs, series }) =>
        series['demand'] === undefined ? [] : [{ atMs: startMs, value: series['demand'].mean }],
      );

  /** The plan with all it brings, or what is wrong with it. */
  function ready(raw: unknown) {
    const checked = checkPlan(raw);
    if (checked.outcome === 'refused') return checked;
    const read = readBrought(checked.plan, ledgerDemand);
    return read.outcome === 'refused' ? read : { outcome: 'ok' as const, plan: checked.plan, brought: read.brought };
  }

  const store = (next: SavedPlan[]) => {
    kept = next;
    ledger.settings.write(SAVED, kept);
    saved.set(list());
  };
  const resultOf = (runId: string | undefined) => runs.get()?.find(({ id }) => id === runId)?.result;
  const assumed = (plan: Plan) =>
    assumptionsOf(plan, storyParts.find(({ id }) => id === plan.story)?.sources ?? [], ports.market());

  const handlers: PlannerDesk['handlers'] = {
    stories: () => stories(ports.market()),
    catalogue: () => [...catalogue],
    fromSite() {
      const plan = planOfSite(ports.site(), ports.market());
      return { plan, assumptions: assumed(plan) };
    },
    assumptions({ plan }) {
      const checked = checkPlan(plan);
      return checked.outcome === 'refused' ? checked : { outcome: 'ok', assumptions: assumed(checked.plan) };
    },
    check({ plan }) {
      const checked = ready(plan);
      return checked.outcome === 'refused' ? checked : { outcome: 'ok' };
    },
    start({ plan: raw, futures, weatherYears }) {
      const checked = ready(raw);
      if (checked.outcome === 'refused') return checked;
      const { plan, brought } = checked;
      const runId = begin('plan', plan.name, (tell, signal) =>
        runPlan(pool, { plan, brought, futures, weatherYears }, tell, signal),
      );
      plans.set(runId, plan);
      return { outcome: 'ok', runId };
    },
    startSizing({ plan: raw, counts, batteryWh }) {
      const checked = ready(raw);
      if (checked.outcome === 'refused') return checked;
      const { plan, brought } = checked;
      const runId = begin('sizing', plan.name, (tell, signal) =>
        runSizing(pool, { plan, brought, counts, batteryWh }, tell, signal),
      );
      return { outcome: 'ok', runId };
    },
    startReplay({ fromMs, toMs, change }) {
      if (!(toMs > fromMs)) return refused('toMs', 'must be after the beginning');
      if (toMs - fromMs > MOST_REPLAY_MS) return refused('toMs', 'Choose at most 62 days.');
      const span = { fromMs, toMs };
      const order = replayOrder({
        site: ports.site(),
        loads: ports.loads(),
        market: ports.market(),
        minutes: ledger.minutes(span),
        report: ledger.report({ ...span, resolution: 'day' }),
        span,
        change,
      });
      if (!order) return refused('fromMs', 'Nothing is recorded in that time.');
      return {
        outcome: 'ok',
        runId: begin('replay', ports.site().name, (tell, signal) => runReplay(pool, order, tell, signal)),
      };
    },
    cancel({ runId }) {
      const stop = stops.get(runId);
      if (!stop) return refused('runId', 'That run is not under way.');
      stop.abort(new Error('Cancelled.'));
      return { outcome: 'ok' };
    },
    runs: (emit) => runs.subscribe(emit),
    saved: (emit) => saved.subscribe(emit),
    open({ id }) {
      const found = kept.find((each) => each.id === id);
      return found ? { outcome: 'ok', saved: found } : refused('id', 'There is no such plan.');
    },
    save({ id: given, plan: raw, runId }) {
      const checked = checkPlan(raw);
      if (checked.outcome === 'refused') return checked;
      const before = kept.find(({ id }) => id === given);
      if (given !== undefined && !before) return refused('id', 'There is no such plan.');
      if (!before && kept.length >= KEEP_PLANS)
        return refused('id', `There are ${KEEP_PLANS} plans already; remove one first.`);
      const { plan } = checked;
      const ran = JSON.stringify(plans.get(runId ?? '')) === JSON.stringify(plan) ? resultOf(runId) : undefined;
      const id = before?.id ?? randomUUID();
      const next = { id, name: plan.name, savedMs: clock.now(), plan, ...(ran && { result: ran }) };
      store([next, ...kept.filter((each) => each.id !== id)]);
      return { outcome: 'ok', id };
    },
    remove({ id }) {
      if (!kept.some((each) => each.id === id)) return refused('id', 'There is no such plan.');
      store(kept.filter((each) => each.id !== id));
      return { outcome: 'ok' };
    },
    compare: ({ ids }) =>
      ids.flatMap((id) => {
        const found = kept.find((each) => each.id === id);
        if (!found) return [];
        const { name, plan, result } = found;
        return [{ id, name, currency: plan.currency, ...(result && { result }) }];
      }),
    export({ runId, format }) {
      const plan = plans.get(runId);
      const result = resultOf(runId);
      if (!plan || !result) return refused('runId', 'Nothing was worked out yet that could be written to a file.');
      return { outcome: 'ok', ...(format === 'csv' ? planCsv(plan, result) : planJson(plan, result)) };
    },
  };

  return {
    handlers,
    async close() {
      for (const stop of stops.values()) stop.abort(new Error('The engine stops.'));
      await pool.close();
    },
  };
}
