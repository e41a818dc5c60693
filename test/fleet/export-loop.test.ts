import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PricedSlot } from '#engine/fleet/columns.ts';
import { backOffMs, runExport, type ExportPorts } from '#engine/fleet/export-loop.ts';
import type { ExportFailure, ExportTarget } from '#engine/fleet/target.ts';
import { manualClock } from '#engine/system/manual-clock.ts';

interface Batch {
  settles: [number, number][];
  slots: PricedSlot[];
}

const lost: ExportFailure = { outcome: 'failed', refused: false, message: 'the line is cut' };
const slotOf = (startMs: number, coveredMs: number) => ({ slot: { startMs, coveredMs } }) as PricedSlot;

/** A ledger of slots with versions, and a server that answers by a script of what goes wrong. */
function world(faults: readonly ('open' | 'send' | 'answer' | 'none')[]) {
  const ledger = new Map<number, number>();
  const waiting = new Map<number, number>();
  const there = new Map<number, number>();
  const told = { confirmed: 0, failed: 0, opened: 0, closed: 0 };
  let turn = 0;
  const fault = () => faults[(turn += 1) - 1] ?? 'none';
  const target: ExportTarget = {
    open() {
      if (fault() === 'open') return Promise.resolve(lost);
      told.opened += 1;
      const session = {
        send(slots: readonly PricedSlot[]) {
          const now = fault();
          if (now === 'send') return Promise.resolve(lost);
          for (const { slot } of slots) there.set(slot.startMs, slot.coveredMs);
          // It was written, and nobody heard of it.
          return Promise.resolve(now === 'answer' ? lost : { outcome: 'ok' as const });
        },
        close() {
          told.closed += 1;
          return Promise.resolve();
        },
      };
      return Promise.resolve({ outcome: 'open' as const, session });
    },
  };
  const queue = {
    next() {
      const settles = [...waiting].slice(0, 3);
      return settles.length === 0
        ? undefined
        : { settles, slots: settles.map(([startMs]) => slotOf(startMs, ledger.get(startMs)!)) };
    },
    confirm({ settles }: Batch) {
      for (const [startMs, version] of settles) if (waiting.get(startMs) === version) waiting.delete(startMs);
    },
  };
  return {
    ledger,
    there,
    told,
    write(startMs: number) {
      ledger.set(startMs, (ledger.get(startMs) ?? 0) + 1);
      waiting.set(startMs, (waiting.get(startMs) ?? 0) + 1);
    },
    ports: (clock: ReturnType<typeof manualClock>, random = () => 0.5): ExportPorts<Batch> => ({
      queue,
      target,
      clock,
      random,
      onConfirmed: (slots: number) => void (told.confirmed += slots),
      onFailed: () => void (told.failed += 1),
    }),
  };
}

describe('the export', () => {
  it('brings every slot as it is at last, whatever is cut and whenever slots change', async () => {
    const faults = fc.array(fc.constantFrom('open', 'send', 'answer', 'none'), { maxLength: 12 });
    const writes = fc.array(fc.tuple(fc.nat(9), fc.nat(120)), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(faults, writes, async (script, plan) => {
        const clock = manualClock();
        const { ports, write, ledger, there, told } = world(script);
        const ending = new AbortController();
        const ended = runExport(ports(clock), ending.signal);
        for (const [startMs, seconds] of plan) {
          write(startMs);
          await clock.advance(seconds * 1000);
        }
        await clock.advance(7_200_000);
        expect(there).toEqual(ledger);
        expect(told.opened).toBe(told.closed);
        ending.abort();
        await ended;
      }),
      { numRuns: 60 },
    );
  });

  it('has no connection while nothing waits', async () => {
    const clock = manualClock();
    const { ports, write, told } = world([]);
    const ending = new AbortController();
    const ended = runExport(ports(clock), ending.signal);
    await clock.advance(3_600_000);
    expect(told.opened).toBe(0);
    write(1);
    await clock.advance(75_000);
    expect(told).toEqual({ confirmed: 1, failed: 0, opened: 1, closed: 1 });
    ending.abort();
    await ended;
  });

  it('waits longer after each failure, up to five minutes, and never all sites at one moment', () => {
    const waits = [1, 2, 3, 8, 9, 50].map((failures) => [backOffMs(failures, 0), backOffMs(failures, 0.9999)]);
    expect(waits.map(([least]) => least)).toEqual([500, 1000, 2000, 64_000, 128_000, 150_000]);
    for (const [least = 0, most = 0] of waits) expect(most / least).toBeCloseTo(2, 3);
  });
});
