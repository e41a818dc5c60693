import { parentPort, workerData } from 'node:worker_threads';
import { createLog, logName } from './log.ts';
import { createSeries, PLOTTED, type Series } from './plot.ts';
import { factories } from './policies/all.ts';
import { dayWithoutLoads, prepareRun, runPolicy, type Row, type Second } from './run.ts';
import { readTraces } from './traces.ts';
import type { Task, WorkerMessage, WorkerSetup } from './work.ts';

const setup = workerData as WorkerSetup;
const traces = new Map(readTraces(setup.traces).map((trace) => [trace.id, trace]));
const makers = factories();

const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (task: Task) => {
  try {
    tell({ kind: 'done', ...runTask(task) });
  } catch (error) {
    tell({
      kind: 'failed',
      message: `${task.trace} with ${task.load}: ${error instanceof Error ? error.stack : String(error)}`,
    });
  }
});
tell({ kind: 'ready' });

function runTask({ trace: id, load, sites }: Task): { rows: Row[]; series: Series[] } {
  const trace = traces.get(id);
  if (trace === undefined) throw new Error(`no trace ${id}`);
  const rows: Row[] = [];
  const drawn: Series[] = [];
  for (const site of sites) {
    const context = prepareRun(trace, dayWithoutLoads(trace, site), load);
    for (const policy of setup.policies) {
      const log = setup.log === undefined ? undefined : createLog(setup.log);
      const picture =
        setup.plot && PLOTTED.includes(policy) ? createSeries({ trace: id, site, load, policy }) : undefined;
      const watch = (second: Second) => {
        log?.add(second);
        picture?.add(second);
      };
      rows.push(runPolicy(context, makers[policy], log === undefined && picture === undefined ? undefined : watch));
      log?.end(logName(policy, site, load, id));
      if (picture !== undefined) drawn.push(picture.series);
    }
  }
  return { rows, series: drawn };
}
