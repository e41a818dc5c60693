import { parentPort, workerData } from 'node:worker_threads';
import { createLog, logName } from './log.ts';
import { factories } from './policies/all.ts';
import { loadStep } from './policies/spillway.ts';
import type { PolicyFactory } from './policy.ts';
import { dayWithoutLoads, prepareRun, runPolicy, type Row, type RunContext } from './run.ts';
import { readTraces } from './traces.ts';
import type { Task, WorkerMessage, WorkerSetup } from './work.ts';

const setup = workerData as WorkerSetup;
const traces = new Map(readTraces(setup.traces).map((trace) => [trace.id, trace]));
const makers = factories(await loadStep());

const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (task: Task) => {
  try {
    tell({ kind: 'rows', rows: runTask(task) });
  } catch (error) {
    tell({
      kind: 'failed',
      message: `${task.trace} with ${task.load}: ${error instanceof Error ? error.stack : String(error)}`,
    });
  }
});
tell({ kind: 'ready' });

function runTask({ trace: id, load, sites }: Task): Row[] {
  const trace = traces.get(id);
  if (trace === undefined) throw new Error(`no trace ${id}`);
  return sites.flatMap((site) => {
    const context = prepareRun(trace, dayWithoutLoads(trace, site), load);
    return setup.policies.flatMap((policy) => {
      const make = makers[policy];
      return make === undefined ? [] : [runOne(context, make, logName(policy, site, load, id))];
    });
  });
}

function runOne(context: RunContext, make: PolicyFactory, name: string): Row {
  if (setup.log === undefined) return runPolicy(context, make);
  const log = createLog(setup.log);
  const row = runPolicy(context, make, (second) => log.add(second));
  log.end(name);
  return row;
}
