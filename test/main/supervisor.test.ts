import { describe, expect, it } from 'vitest';
import { FromEngine } from '#shared/contract/host.ts';
import type { Child } from '../../electron/main/child.ts';
import { supervise, type SupervisorState, type Timers } from '../../electron/main/supervisor.ts';

function fakeTimers() {
  let nowMs = 0;
  let pending: { atMs: number; run: () => void }[] = [];
  const timers: Timers = {
    nowMs: () => nowMs,
    after(ms, run) {
      const timer = { atMs: nowMs + ms, run };
      pending.push(timer);
      return () => (pending = pending.filter((other) => other !== timer));
    },
  };
  function pass(ms: number) {
    nowMs += ms;
    for (const timer of pending.filter(({ atMs }) => atMs <= nowMs)) {
      pending = pending.filter((other) => other !== timer);
      timer.run();
    }
  }
  return { timers, pass };
}

function bench() {
  const { timers, pass } = fakeTimers();
  const children: ReturnType<typeof fakeChild>[] = [];
  const states: SupervisorState[] = [];
  const log: string[] = [];
  function fakeChild() {
    let hear: (message: unknown) => void = () => {};
    let gone: (code: number) => void = () => {};
    const sent: object[] = [];
    const child: Child = {
      send: (message) => void sent.push(message),
      onMessage: (listener) => (hear = listener),
      onExit: (listener) => (gone = listener),
      kill: () => gone(137),
    };
    return { child, sent, says: (message: unknown) => hear(message), exits: (code: number) => gone(code) };
  }
  const supervisor = supervise<FromEngine>(
    {
      name: 'The engine',
      answers: FromEngine,
      fork() {
        const made = fakeChild();
        children.push(made);
        return made.child;
      },
      hello: async () => ({ kind: 'start' }),
      onAnswer: () => {},
      onState: (state) => states.push(state),
      log: (message) => log.push(message),
    },
    timers,
  );
  const latest = () => children.at(-1)!;
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { supervisor, children, latest, states, log, pass, settled };
}

describe('the supervisor', () => {
  it('greets the child and runs once it is ready', async () => {
    const { supervisor, latest, states, settled } = bench();
    supervisor.start();
    await settled();
    expect(latest().sent).toEqual([{ kind: 'start' }]);
    latest().says({ kind: 'ready' });
    expect(states).toEqual([{ state: 'starting' }, { state: 'running', restarts: 0 }]);
  });

  it('restarts after 1, 2, 4, 8 s, then gives up and says so', async () => {
    const { supervisor, children, latest, states, pass, settled } = bench();
    supervisor.start();
    for (const waitMs of [1_000, 2_000, 4_000, 8_000]) {
      await settled();
      latest().exits(1);
      expect(states.at(-1)).toMatchObject({ state: 'restarting', waitMs });
      pass(waitMs - 1);
      expect(states.at(-1)).toMatchObject({ state: 'restarting' });
      pass(1);
    }
    latest().exits(1);
    expect(states.at(-1)).toMatchObject({ state: 'lost', message: expect.stringContaining('5 times') });
    pass(600_000);
    expect(children).toHaveLength(5);
    supervisor.restart();
    expect(children).toHaveLength(6);
  });

  it('kills a child that does not answer the hand-shake, and starts another', async () => {
    const { supervisor, children, log, pass, settled } = bench();
    supervisor.start();
    await settled();
    pass(10_000);
    expect(log[0]).toContain('did not answer within 10 s');
    pass(1_000);
    expect(children).toHaveLength(2);
  });

  it('does not restart one that refuses what it was given', async () => {
    const { supervisor, children, latest, states, pass, settled } = bench();
    supervisor.start();
    await settled();
    latest().says({ kind: 'refused', message: 'site.json: unknown key "colour"' });
    latest().exits(0);
    pass(60_000);
    expect(states.at(-1)).toEqual({ state: 'refused', message: 'site.json: unknown key "colour"' });
    expect(children).toHaveLength(1);
  });

  it('hears nothing from a child that was replaced, and logs what is not in the contract', async () => {
    const { supervisor, children, latest, states, log, pass, settled } = bench();
    supervisor.start();
    await settled();
    latest().says({ kind: 'hello' });
    expect(log[0]).toContain('not in the contract');
    latest().exits(1);
    pass(1_000);
    const before = states.length;
    children[0]!.says({ kind: 'ready' });
    expect(states).toHaveLength(before);
  });

  it('stops with the names of those that did not confirm', async () => {
    const { supervisor, latest, states, settled } = bench();
    supervisor.start();
    await settled();
    latest().says({ kind: 'ready' });
    const stopped = supervisor.stop();
    expect(latest().sent.at(-1)).toEqual({ kind: 'stop' });
    latest().says({ kind: 'stopped', unconfirmed: ['Bitaxe 2'] });
    expect(await stopped).toEqual({ kind: 'stopped', unconfirmed: ['Bitaxe 2'] });
    expect(states.at(-1)).toEqual({ state: 'stopped' });
  });

  it('kills at the deadline what does not stop, and knows nothing then', async () => {
    const { supervisor, latest, pass, settled } = bench();
    supervisor.start();
    await settled();
    latest().says({ kind: 'ready' });
    const stopped = supervisor.stop();
    pass(10_000);
    expect(await stopped).toBeUndefined();
  });

  it('stops at once while it waits to restart', async () => {
    const { supervisor, children, latest, pass, settled } = bench();
    supervisor.start();
    await settled();
    latest().exits(1);
    expect(await supervisor.stop()).toBeUndefined();
    pass(60_000);
    expect(children).toHaveLength(1);
  });
});
