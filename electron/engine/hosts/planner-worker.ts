import { parentPort } from 'node:worker_threads';
import { runJob } from '#engine/planner/job.ts';
import type { Order, Reply } from '#engine/planner/pool.ts';

/** A thread that works out the planner's years, so that the engine's loop never waits for them. */
const port = parentPort;
if (!port) throw new Error('The planner works in a worker thread; start Spillway instead.');
const say = (reply: Reply) => port.postMessage(reply);

port.on('message', ({ job }: Order) => {
  try {
    say({ kind: 'done', value: runJob(job, (progress) => say({ kind: 'progress', ...progress })) });
  } catch (cause) {
    say({ kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
  }
});
