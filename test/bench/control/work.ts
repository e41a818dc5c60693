import { Worker } from 'node:worker_threads';
import type { LoadSetId } from './loads.ts';
import type { Options } from './options.ts';
import type { Series } from './plot.ts';
import type { Row } from './run.ts';
import type { SiteId } from './sites.ts';

/** One trace with one load set, on its sites and under every policy. */
export interface Task {
  trace: string;
  load: LoadSetId;
  sites: readonly SiteId[];
}

export interface WorkerSetup {
  traces: string;
  policies: Options['policies'];
  log?: string;
  plot: boolean;
}

export interface Outcome {
  rows: Row[];
  /** For the pictures; empty where none are asked for. */
  series: Series[];
}

export type WorkerMessage = { kind: 'ready' } | ({ kind: 'done' } & Outcome) | { kind: 'failed'; message: string };

/** Runs every task on `jobs` threads. @throws when a worker fails: half a benchmark is none */
export async function runTasks(
  tasks: readonly Task[],
  setup: WorkerSetup,
  jobs: number,
  onDone: () => void,
): Promise<Outcome> {
  // Shelves take longest and go first, so that the threads end together.
  const queue = tasks.toSorted((a, b) => b.load.localeCompare(a.load));
  const all: Outcome = { rows: [], series: [] };
  const runOne = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: setup });
      const next = () => {
        const task = queue.shift();
        if (task === undefined) void worker.terminate().then(() => resolve(), reject);
        else worker.postMessage(task);
      };
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'failed') {
          queue.length = 0;
          void worker.terminate();
          reject(new Error(message.message));
          return;
        }
        if (message.kind === 'done') {
          all.rows.push(...message.rows);
          all.series.push(...message.series);
          onDone();
        }
        next();
      });
      worker.on('error', reject);
    });
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, runOne));
  return all;
}
