import type { MessagePortMain } from 'electron';
import type { z } from 'zod';
import type { Child } from './child.ts';
import { afterCrash, recentCrashes } from './crash-policy.ts';

const HANDSHAKE_MS = 10_000;
const STOP_MS = 10_000;

export interface Timers {
  nowMs(): number;
  /** @returns cancels it */
  after(ms: number, run: () => void): () => void;
}

export const realTimers: Timers = {
  nowMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export type SupervisorState =
  | { state: 'starting' }
  | { state: 'running'; restarts: number }
  | { state: 'restarting'; message: string; waitMs: number }
  | { state: 'refused'; message: string }
  | { state: 'lost'; message: string }
  | { state: 'stopping' }
  | { state: 'stopped' };

type Answer = { kind: 'ready' | 'stopped' } | { kind: 'refused'; message: string } | { kind: string };

export interface Charge<Out extends Answer> {
  /** As the owner reads it: "The engine". */
  name: string;
  answers: z.ZodType<Out>;
  fork(): Child;
  /** The first message; the child must answer `ready` within the hand-shake time. */
  hello(): Promise<object>;
  onAnswer(answer: Out): void;
  onState(state: SupervisorState): void;
  log(message: string): void;
}

export interface Supervisor<Out> {
  start(): void;
  /** Forgets earlier crashes and starts anew; the way out of `lost` and `refused`. */
  restart(): void;
  send(message: object, ports?: MessagePortMain[]): void;
  /** Asks the child to stop, and kills it at the deadline. @returns its farewell; absent: it gave none */
  stop(): Promise<Extract<Out, { kind: 'stopped' }> | undefined>;
}

/** Keeps one child process alive: hand-shake, back-off after crashes, bounded stop. */
export function supervise<Out extends Answer>(charge: Charge<Out>, timers: Timers = realTimers): Supervisor<Out> {
  let child: Child | undefined;
  let crashesMs: number[] = [];
  let restarts = 0;
  let cancelTimer = () => {};
  let state: SupervisorState = { state: 'stopped' };
  let farewell: Extract<Out, { kind: 'stopped' }> | undefined;
  let onStopped: (() => void) | undefined;

  function enter(next: SupervisorState) {
    cancelTimer();
    cancelTimer = () => {};
    state = next;
    charge.onState(next);
  }

  function start() {
    const born = charge.fork();
    child = born;
    enter({ state: 'starting' });
    born.onMessage((raw) => {
      if (born === child) receive(raw);
    });
    born.onExit((code) => {
      if (born === child) exited(code);
    });
    charge.hello().then(
      (message) => {
        if (born !== child || state.state !== 'starting') return;
        born.send(message);
        cancelTimer = timers.after(HANDSHAKE_MS, () => {
          charge.log(`${charge.name} did not answer within ${HANDSHAKE_MS / 1000} s; it is killed.`);
          born.kill();
        });
      },
      (cause: unknown) => enter({ state: 'refused', message: `${charge.name} could not be started: ${String(cause)}` }),
    );
  }

  function receive(raw: unknown) {
    const parsed = charge.answers.safeParse(raw);
    if (!parsed.success) return charge.log(`${charge.name} sent what is not in the contract: ${parsed.error.message}`);
    const answer = parsed.data;
    if (answer.kind === 'ready' && state.state === 'starting') enter({ state: 'running', restarts });
    if (answer.kind === 'refused' && 'message' in answer) enter({ state: 'refused', message: answer.message });
    charge.onAnswer(answer);
    if (answer.kind === 'stopped') {
      farewell = answer as Extract<Out, { kind: 'stopped' }>;
      // It has let go of everything; its open message channel alone would keep it running.
      child?.kill();
    }
  }

  function exited(code: number) {
    child = undefined;
    if (state.state === 'stopping') {
      enter({ state: 'stopped' });
      return onStopped?.();
    }
    if (state.state === 'refused') return;
    const nowMs = timers.nowMs();
    crashesMs = [...recentCrashes(crashesMs, nowMs), nowMs];
    const verdict = afterCrash(crashesMs, nowMs);
    charge.log(`${charge.name} ended unexpectedly with code ${code}.`);
    if (verdict.outcome === 'give-up') {
      const message = `${charge.name} crashed ${verdict.crashes} times in ten minutes and stays off. Start it again, or see the log.`;
      return enter({ state: 'lost', message });
    }
    restarts += 1;
    const seconds = verdict.waitMs / 1000;
    const message = `${charge.name} ended unexpectedly; it starts again in ${seconds} s.`;
    enter({ state: 'restarting', message, waitMs: verdict.waitMs });
    cancelTimer = timers.after(verdict.waitMs, start);
  }

  return {
    start,
    restart() {
      crashesMs = [];
      child?.kill();
      child = undefined;
      start();
    },
    send: (message, ports) => child?.send(message, ports),
    stop: () =>
      new Promise((resolve) => {
        onStopped = () => resolve(farewell);
        const dying = child;
        farewell = undefined;
        enter({ state: 'stopping' });
        if (!dying) {
          enter({ state: 'stopped' });
          return resolve(undefined);
        }
        dying.send({ kind: 'stop' });
        cancelTimer = timers.after(STOP_MS, () => {
          charge.log(`${charge.name} did not stop within ${STOP_MS / 1000} s; it is killed.`);
          dying.kill();
        });
      }),
  };
}
