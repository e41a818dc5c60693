import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { cell } from '#shared/rpc/cell.ts';
import { connect } from '#shared/rpc/client.ts';
import { Fault, procedure, stream } from '#shared/rpc/contract.ts';
import { serve, type Allow } from '#shared/rpc/server.ts';
import { portPair } from '../support/port-pair.ts';

const contract = {
  math: {
    half: procedure(z.strictObject({ of: z.number() }), z.number()),
    broken: procedure(z.strictObject({}), z.number()),
  },
  clock: { now: stream(z.number()) },
};

function linked(allow?: Allow) {
  const [a, b] = portPair();
  const now = cell(1);
  const report = vi.fn();
  const handlers = {
    math: {
      half: ({ of }: { of: number }) => of / 2,
      broken: (): number => {
        throw new Error('secret detail');
      },
    },
    clock: { now: (emit: (value: number) => void) => now.subscribe(emit) },
  };
  serve(contract, handlers, b, report, allow);
  return { client: connect<typeof contract>(a, 50), a, b, now, report };
}

const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (fault: unknown) => (fault instanceof Fault ? fault.code : 'not a Fault'),
  );

describe('rpc', () => {
  it('answers a call', async () => {
    expect(await linked().client.math.half({ of: 5 })).toBe(2.5);
  });

  it('refuses input outside the schema and names the field', async () => {
    const { client } = linked();
    await expect(client.math.half({ of: 'x' } as never)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('of'),
    });
    expect(await faultOf(client.math.half({ of: 1, more: 2 } as never))).toBe('bad-input');
  });

  it('keeps the detail of a bug in the log, not on the wire', async () => {
    const { client, report } = linked();
    await expect(client.math.broken({})).rejects.toMatchObject({
      code: 'bug',
      message: expect.not.stringContaining('secret'),
    });
    expect(report).toHaveBeenCalledWith('math.broken', expect.objectContaining({ message: 'secret detail' }));
  });

  it('streams the current value, then changes, until unsubscribed', async () => {
    const { client, now } = linked();
    const seen: number[] = [];
    const stop = client.clock.now.subscribe((value) => seen.push(value));
    await vi.waitFor(() => expect(seen).toEqual([1]));
    now.set(2);
    await vi.waitFor(() => expect(seen).toEqual([1, 2]));
    stop();
    await Promise.resolve();
    now.set(3);
    await Promise.resolve();
    expect(seen).toEqual([1, 2]);
  });

  it('refuses what a session may not do', async () => {
    const { client } = linked((member) => member !== 'math.half');
    expect(await faultOf(client.math.half({ of: 1 }))).toBe('forbidden');
  });

  it.each(['math.__proto__', 'constructor.constructor', '__proto__.toString', 'math', 'clock.now', ''])(
    'knows no procedure %j',
    async (m) => {
      const { a } = linked();
      const answers: unknown[] = [];
      a.onMessage((message) => answers.push(message));
      a.post({ t: 'call', id: 900, m, input: {} });
      await vi.waitFor(() =>
        expect(answers).toEqual([expect.objectContaining({ t: 'fault', id: 900, code: 'unknown' })]),
      );
    },
  );

  it.each([
    null,
    5,
    'x',
    {},
    { t: 'call' },
    { t: 'call', id: 'x', m: 'math.half' },
    { t: 'call', id: 1, m: 'math.half', input: {}, extra: 1 },
  ])('ignores the malformed message %j', async (message) => {
    const { a, client, report } = linked();
    a.post(message);
    expect(await client.math.half({ of: 2 })).toBe(1);
    expect(report).not.toHaveBeenCalled();
  });

  it('fails what is pending when the port closes, and everything after', async () => {
    const { client, b } = linked();
    const pending = faultOf(client.math.half({ of: 1 }));
    b.close();
    expect(await pending).toBe('closed');
    expect(await faultOf(client.math.half({ of: 1 }))).toBe('closed');
  });

  it('waits for an answer that is being worked on, and gives up on one that nobody works on', async () => {
    vi.useFakeTimers();
    try {
      const [a, b] = portPair();
      const handlers = { work: { long: () => new Promise<number>((resolve) => setTimeout(resolve, 100_000, 5)) } };
      const worked = { work: { long: procedure(z.strictObject({}), z.number()) } };
      serve(worked, handlers, b, vi.fn());
      const answer = connect<typeof worked>(a).work.long({});
      await vi.advanceTimersByTimeAsync(100_000);
      expect(await answer).toBe(5);
      const [alone] = portPair();
      const none = faultOf(connect<typeof worked>(alone).work.long({}));
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await none).toBe('timeout');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
