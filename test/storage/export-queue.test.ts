import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slot } from '#engine/accounting/close-slot.ts';
import { openDatabase, type WritableDatabase } from '#engine/storage/database.ts';
import { exportQueue, type ExportQueue } from '#engine/storage/export-queue.ts';
import { nameTable } from '#engine/storage/names.ts';
import { settingStore } from '#engine/storage/settings.ts';
import { slots, type Slots } from '#engine/storage/slots.ts';
import { market } from '../support/ledger-ticks.ts';

const SLOT_MS = 300_000;
let dir: string;
let db: WritableDatabase;
let table: Slots;
let queue: ExportQueue;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'queue-'));
  open();
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

function open() {
  const opened = openDatabase(join(dir, 'site.sqlite'));
  if (opened.outcome !== 'open') throw new Error(opened.message);
  ({ db } = opened);
  table = slots(db, nameTable(db, 'device'));
  queue = exportQueue(db, settingStore(db), table);
}
const reopen = () => {
  db.close();
  open();
};

const add = (number: number, production = 1) =>
  table.add(
    {
      startMs: number * SLOT_MS,
      coveredMs: 1,
      unprovenMs: 0,
      flows: { production, residual: 0 },
      loads: {},
      money: {},
    } satisfies Slot,
    market,
    'EUR',
  );
const numbersOf = (batch = queue.next()) => batch?.slots.map(({ slot }) => slot.startMs / SLOT_MS);
function drain(): number[] {
  const all: number[] = [];
  for (let batch = queue.next(); batch; batch = queue.next()) {
    all.push(...numbersOf(batch)!);
    queue.confirm(batch);
  }
  return all;
}

describe('the queue', () => {
  it('stays empty until somebody exports', () => {
    add(1);
    expect([queue.next(), queue.waiting()]).toEqual([undefined, 0]);
  });

  it('holds what there was before and what came after, each once, a day at most at a time', () => {
    for (let number = 0; number < 5000; number += 1) add(number);
    queue.begin('here');
    expect(queue.waiting()).toBe(5000);
    add(5000);
    expect(queue.waiting()).toBe(5001);
    expect(numbersOf()).toHaveLength(1);
    const all = drain();
    expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 5001 }, (_, number) => number));
    expect(queue.waiting()).toBe(0);
    db.transaction(() => {
      for (let number = 6000; number < 6700; number += 1) add(number);
    });
    expect(numbersOf()).toHaveLength(288);
  });

  it('gives the same batch again until it is confirmed, over a restart too', () => {
    queue.begin('here');
    add(7);
    expect(numbersOf()).toEqual([7]);
    reopen();
    queue.begin('here');
    expect(drain()).toEqual([7]);
    reopen();
    queue.begin('here');
    expect(queue.next()).toBeUndefined();
  });

  it('keeps what changed while it was under way', () => {
    queue.begin('here');
    add(7, 10);
    add(8, 10);
    const underWay = queue.next()!;
    add(7, 5);
    queue.confirm(underWay);
    const again = queue.next()!;
    expect(numbersOf(again)).toEqual([7]);
    expect(again.slots[0]?.slot.flows.production).toBe(15);
    queue.confirm(again);
    expect(queue.next()).toBeUndefined();
  });

  it('takes a change that a transaction undid for none', () => {
    queue.begin('here');
    expect(() =>
      db.transaction(() => {
        add(7);
        throw new Error('no room');
      }),
    ).toThrow('no room');
    expect(queue.waiting()).toBe(0);
  });

  it('lets go of a slot that is gone for good', () => {
    queue.begin('here');
    add(7);
    table.dropFrom(0);
    const batch = queue.next()!;
    expect(batch.slots).toEqual([]);
    queue.confirm(batch);
    expect(queue.waiting()).toBe(0);
  });

  it('begins anew for another target, and after an end', () => {
    add(1);
    queue.begin('here');
    expect(drain()).toEqual([1]);
    queue.begin('there');
    expect(drain()).toEqual([1]);
    queue.end();
    add(2);
    expect(queue.waiting()).toBe(0);
    queue.begin('there');
    expect(drain()).toEqual([1, 2]);
  });

  it('names its ledger once and for all', () => {
    const id = queue.ledgerId();
    expect(id).toMatch(/^[\da-f-]{36}$/);
    reopen();
    expect(queue.ledgerId()).toBe(id);
  });
});
