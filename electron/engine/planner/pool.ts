import { Worker } from 'node:worker_threads';
import type { Answers, AnswerOf, Job, Progress } from './job.ts';

/** To the worker. */
export interface Order {
  job: Job;
}
/** From the worker. */
export type Reply =
  | ({ kind: 'progress' } & Progress)
  | { kind: 'done'; value: Answers[Job['kind']] }
  | { kind: 'failed'; message: string };

export interface Pool {
  /** Works a job out in another thread. Rejects with the signal's reason when it is aborted, at once. */
  run<J extends Job>(job: J, signal: AbortSignal, onProgress?: (progress: Progress) => void): Promise<AnswerOf<J>>;
  close(): Promise<void>;
}

interface Waiting {
  job: Job;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  resolve(value: Answers[Job['kind']]): void;
  reject(cause: unknown): void;
}

/** Threads that stay warm between jobs. @param entry file of the worker; @param size how many at most */
export function createPool(entry: string, size: number): Pool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const queue: Waiting[] = [];
  let closed = false;

  function next(): void {
    const waiting = queue[0];
    if (!waiting) return;
    const worker = idle.pop() ?? (all.size < size ? open() : undefined);
    if (!worker) return;
    queue.shift();
    work(worker, waiting);
  }

  function open(): Worker {
    const worker = new Worker(entry);
    all.add(worker);
    return worker;
  }

  function work(worker: Worker, waiting: Waiting): void {
    const { job, signal, onProgress, resolve, reject } = waiting;
    const free = () => {
      signal.removeEventListener('abort', abort);
      // One by one: Worker keeps listeners of its own among them.
      worker.off('error', discard).off('exit', ended).off('message', answer);
      // The app may end while a thread stands idle.
      worker.unref();
    };
    /** A thread in the middle of a job is thrown away: that is how it stops within the moment. */
    const discard = (cause: unknown) => {
      free();
      all.delete(worker);
      void worker.terminate();
      reject(cause);
      next();
    };
    const abort = () => discard(signal.reason);
    const ended = (code: number) => discard(new Error(`The planner's worker ended with code ${code}.`));
    const answer = (reply: Reply) => {
      if (reply.kind === 'progress') return onProgress(reply);
      free();
      idle.push(worker);
      if (reply.kind === 'done') resolve(reply.value);
      else reject(new Error(reply.message));
      next();
    };
    signal.addEventListener('abort', abort);
    worker.on('error', discard).on('exit', ended).on('message', answer);
    worker.ref();
    worker.postMessage({ job } satisfies Order);
  }

  return {
    run<J extends Job>(job: J, signal: AbortSignal, onProgress = (_progress: Progress) => {}) {
      return new Promise<AnswerOf<J>>((resolve, reject) => {
        if (closed || signal.aborted) return reject(signal.reason ?? new Error('The planner is closed.'));
        const waiting: Waiting = { job, signal, onProgress, resolve: resolve as Waiting['resolve'], reject };
        queue.push(waiting);
        signal.addEventListener('abort', () => {
          const at = queue.indexOf(waiting);
          if (at < 0) return;
          queue.splice(at, 1);
          reject(signal.reason);
        });
        next();
      });
    },
    async close() {
      closed = true;
      const workers = [...all];
      all.clear();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
