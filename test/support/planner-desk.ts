import { fileURLToPath } from 'node:url';
import type { Site } from '#shared/site.ts';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { openPlannerDesk } from '#engine/planner-desk.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { reportOf } from './fixture/report.ts';

export const PLANNER_WORKER = fileURLToPath(new URL('../../electron/engine/hosts/planner-worker.ts', import.meta.url));

/** The real planner on its real threads, with settings that last as long as the test. */
export function testPlanner(site: Site, nowMs: number) {
  const kept = new Map<string, unknown>();
  return openPlannerDesk({
    clock: manualClock(nowMs),
    log: silentLog,
    workerFile: PLANNER_WORKER,
    site: () => site,
    loads: () => [],
    ledger: {
      settings: {
        read(key, schema) {
          const read = schema.safeParse(kept.get(key));
          return read.success ? read.data : undefined;
        },
        write: (key, value) => void kept.set(key, structuredClone(value)),
      },
      minutes: () => [],
      report: () => reportOf(nowMs - 1, nowMs, 'day', nowMs),
    },
    market: () => bundledSnapshot,
  });
}
