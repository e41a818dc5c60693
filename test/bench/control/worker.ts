import { parentPort, workerData } from 'node:worker_threads';
import { createLog, logName } from './log.ts';
import { factories } from './policies/all.ts';
import { loadStep } from './policies/spillway.ts';
import { dayWithoutLoads, prepareRun, runPolicy, type Before, type Row } from './run.ts';
import { readTraces } from './traces.ts';
import type { Task, WorkerMessage, WorkerSetup } from './work.ts';

const setup = workerData as WorkerSetup;
const traces = new Map(readTraces(setup.traces).map((trace) => [trace.id, trace]));
const makers = factories(await loadStep());
const days = new Map<string, Before>();

const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (task: Task) => {
  try {
    tell({ kind: 'rows', rows: runTask(task) });
  } catch (error) {
    tell({
      kind: 'failed',
      message: `${task.trace} on ${task.site}/${task.load}: ${error instanceof Error ? error.stack : String(error)}`,
    });
  }
});
tell({ kind: 'ready' });

function runTask({ trace: id, site, load }: Task): Row[] {
  const trace = traces.get(id);
  if (trace === undefined) throw new Error(`no trace ${id}`);
  const key = `${id}/${site}`;
  const before = days.get(key) ?? dayWithoutLoads(trace, site);
  days.set(key, before);
  const context = prepareRun(trace, before, load);
  return setup.policies.flatMap((policy) => {
    const make = makers[policy];
    if (make === undefined) return [];
    if (setup.log === undefined) return [runPolicy(context, make)];
    const log = createLog(setup.log);
    const row = runPolicy(context, make, (second) => log.add(second));
    log.end(logName(policy, site, load, id));
    return [row];
  });
}
