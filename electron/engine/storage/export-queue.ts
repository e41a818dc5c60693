import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import type { WritableDatabase } from './database.ts';
import type { SettingStore } from './settings.ts';
import type { PricedSlot, Slots } from './slots.ts';

/** What is sent in one go, and which changes of which slots that settles. */
export interface ExportBatch {
  slots: PricedSlot[];
  settles: { slot: number; change: number }[];
}

/** Slots that wait to be confirmed by another database; it outlives restarts, kills and restored backups. */
export interface ExportQueue {
  /** Names this ledger among all others, for good. */
  ledgerId(): string;
  /** From now on each new and changed slot waits; a target that is not the one of before gets all there are. */
  begin(target: string): void;
  /** Nothing waits any more. */
  end(): void;
  /** The oldest that wait, a day at most. */
  next(): ExportBatch | undefined;
  /** What changed meanwhile goes on waiting. */
  confirm(batch: ExportBatch): void;
  waiting(): number;
}

// The trigger of the migration knows this key.
const KEY = 'export';
const LEDGER_KEY = 'ledger-id';
/** Slots of the time before the export that are not in the queue yet: those after `queued`, up to `last`. */
const State = z.object({ target: z.string(), queued: z.number(), last: z.number() });
type State = z.infer<typeof State>;

const SLOTS_PER_DAY = 86_400_000 / SLOT_MS;
/** Ten years would be a million at once. */
const QUEUED_AT_ONCE = 2000;

export function exportQueue(db: WritableDatabase, settings: SettingStore, slots: Pick<Slots, 'between'>): ExportQueue {
  const newest = db.prepare<[], number | null>('SELECT max(slot) FROM slot').pluck();
  const first = db.prepare<[], number | null>('SELECT min(slot) FROM export_queue').pluck();
  const before = db.prepare<[number], { slot: number; change: number }>(
    'SELECT slot, change FROM export_queue WHERE slot < ? ORDER BY slot',
  );
  const past = db
    .prepare<[number, number], number>(
      `SELECT slot FROM slot WHERE slot > ? AND slot <= ? ORDER BY slot LIMIT ${QUEUED_AT_ONCE}`,
    )
    .pluck();
  const add = db.prepare<[number]>('INSERT OR IGNORE INTO export_queue (slot, change) VALUES (?, 1)');
  const settle = db.prepare<[number, number]>('DELETE FROM export_queue WHERE slot = ? AND change = ?');
  const clear = db.prepare('DELETE FROM export_queue');
  const forget = db.prepare<[string]>('DELETE FROM setting WHERE key = ?');
  const count = db
    .prepare<[number, number], number>(
      'SELECT (SELECT count(*) FROM export_queue) + (SELECT count(*) FROM slot WHERE slot > ? AND slot <= ?)',
    )
    .pluck();
  const state = (): State | undefined => settings.read(KEY, State);

  function queuePast(): void {
    const now = state();
    if (!now || now.queued >= now.last) return;
    db.transaction(() => {
      const found = past.all(now.queued, now.last);
      for (const slot of found) add.run(slot);
      settings.write(KEY, { ...now, queued: found.at(-1) ?? now.last });
    });
  }

  return {
    ledgerId() {
      const known = settings.read(LEDGER_KEY, z.string());
      if (known !== undefined) return known;
      const made = randomUUID();
      settings.write(LEDGER_KEY, made);
      return made;
    },
    begin(target) {
      if (state()?.target === target) return;
      db.transaction(() => {
        clear.run();
        settings.write(KEY, { target, queued: -1, last: newest.get() ?? -1 } satisfies State);
      });
    },
    end() {
      if (!state()) return;
      db.transaction(() => {
        forget.run(KEY);
        clear.run();
      });
    },
    next() {
      if (first.get() === null) queuePast();
      const oldest = first.get() ?? undefined;
      if (oldest === undefined) return undefined;
      const settles = before.all(oldest + SLOTS_PER_DAY);
      const wanted = new Set(settles.map(({ slot }) => slot));
      const endMs = ((settles.at(-1)?.slot ?? oldest) + 1) * SLOT_MS;
      const found = slots.between(oldest * SLOT_MS, endMs);
      return { settles, slots: found.filter(({ slot }) => wanted.has(slot.startMs / SLOT_MS)) };
    },
    confirm(batch) {
      db.transaction(() => {
        for (const { slot, change } of batch.settles) settle.run(slot, change);
      });
    },
    waiting() {
      const { queued, last } = state() ?? { queued: 0, last: 0 };
      return count.get(queued, last) ?? 0;
    },
  };
}
