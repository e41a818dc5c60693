import { describe, expect, it } from 'vitest';
import type { PlantReading } from '#shared/reading.ts';
import type { ReadResult } from '#engine/devices/adapter.ts';
import { plantSession } from '#engine/devices/session.ts';
import { plantDevice, testPorts } from './plant.ts';

function start(answers: () => Omit<ReadResult<PlantReading>, 'atMs'>, more = {}) {
  const ports = testPorts();
  const stop = new AbortController();
  let reads = 0;
  let closed = false;
  const session = plantSession(
    plantDevice('meter', ['grid'], more),
    () => ({
      read: async () => {
        reads++;
        return await Promise.resolve({ atMs: ports.clock.now(), ...answers() } as ReadResult<PlantReading>);
      },
      close: () => {
        closed = true;
        return Promise.resolve();
      },
    }),
    ports,
  );
  const running = session.run(stop.signal);
  return {
    session,
    clock: ports.clock,
    reads: () => reads,
    end: async () => {
      stop.abort();
      await running;
      return closed;
    },
  };
}

const fine = (reading: PlantReading) => ({ outcome: 'ok' as const, reading });
const down = { outcome: 'failed' as const, fault: { kind: 'timeout' as const, message: 'no answer' } };

describe('plantSession', () => {
  it('polls on the clock and is live', async () => {
    const { session, clock, reads, end } = start(() => fine({ import: 5, export: 0 }));
    await clock.advance(10_000);
    expect(reads()).toBe(11);
    expect(session.health()).toMatchObject({ status: 'live', ageMs: 0, errorPercent: 0 });
    expect(await end()).toBe(true);
  });

  it('backs off, says why and when it tries again, and comes back', async () => {
    let answer: ReturnType<typeof fine> | typeof down = fine({ import: 1 });
    const { session, clock, reads, end } = start(() => answer);
    await clock.advance(1000);
    answer = down;
    await clock.advance(60_000);
    expect(reads()).toBeLessThan(12);
    const health = session.health();
    expect(health).toMatchObject({ status: 'failing', fault: { message: 'no answer' } });
    expect(health.nextTryMs).toBeGreaterThan(clock.now());
    answer = fine({ import: 2 });
    await clock.advance(80_000);
    expect(session.health().status).toBe('live');
    expect(session.latest()?.reading.import).toBe(2);
    await end();
  });

  it('takes what is not finite or out of range as unknown, never as nought', async () => {
    const { session, clock, end } = start(() => fine({ import: Number.NaN, export: -5, soc: 140, gridVoltage: 230 }));
    await clock.advance(0);
    expect(session.latest()?.reading).toEqual({ gridVoltage: 230 });
    await end();
  });

  it('turns a meter round that hangs the other way', async () => {
    const { session, clock, end } = start(() => fine({ import: 5, export: 0, importTotal: 9 }), { swapped: ['grid'] });
    await clock.advance(0);
    expect(session.latest()?.reading).toEqual({ import: 0, export: 5, exportTotal: 9 });
    await end();
  });

  it('goes on after a bug in its family, and says that it is one', async () => {
    let broken = true;
    const { session, clock, end } = start(() => {
      if (broken) throw new TypeError('x is not a function');
      return fine({ import: 3 });
    });
    await clock.advance(0);
    expect(session.health()).toMatchObject({
      status: 'failing',
      fault: { message: expect.stringContaining('mistake in Spillway') as unknown },
    });
    broken = false;
    await clock.advance(5000);
    expect(session.health().status).toBe('live');
    await end();
  });

  it('asks no oftener than the family bears, whatever the owner wrote', async () => {
    const ports = testPorts();
    let reads = 0;
    const slow = () => ({
      minPollS: 10,
      read: () => {
        reads++;
        return Promise.resolve({ outcome: 'ok' as const, atMs: ports.clock.now(), reading: { import: 1 } });
      },
      close: () => Promise.resolve(),
    });
    const stop = new AbortController();
    const session = plantSession(plantDevice('envoy', ['grid']), slow, ports);
    const running = session.run(stop.signal);
    await ports.clock.advance(60_000);
    expect(reads).toBe(7);
    expect(session.device.pollS).toBe(10);
    stop.abort();
    await running;
  });
});
