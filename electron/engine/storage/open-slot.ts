import { z } from 'zod';
import { CounterState } from '#engine/accounting/counters.ts';
import { OpenMinute } from '#engine/accounting/minute.ts';
import { WorkCount } from '#engine/accounting/work.ts';
import { OpenSlot } from '#engine/accounting/open-slot.ts';
import type { WritableDatabase } from './database.ts';

/** What a restart needs to go on in the middle of a slot. */
export const Saved = z.object({
  atMs: z.number(),
  slot: OpenSlot,
  minute: OpenMinute.optional(),
  bias: z.object({ meanW: z.number(), deviationW: z.number(), learnedMs: z.number() }),
  counts: z.record(z.string(), WorkCount).default({}),
  counters: z.record(z.string(), CounterState).default({}),
  setpoints: z.record(z.string(), z.number()),
  /** A load was drawing at `atMs`. */
  drawing: z.boolean(),
});
export type Saved = z.infer<typeof Saved>;

export interface OpenSlotStore {
  read(): Saved | undefined;
  write(saved: Saved): void;
  clear(): void;
}

export function openSlotStore(db: WritableDatabase): OpenSlotStore {
  const select = db.prepare<[], string>('SELECT json FROM open_slot').pluck();
  const replace = db.prepare<[string]>('INSERT OR REPLACE INTO open_slot (id, json) VALUES (1, ?)');
  const clear = db.prepare<[]>('DELETE FROM open_slot');
  return {
    read() {
      const json = select.get();
      if (json === undefined) return undefined;
      const parsed = Saved.safeParse(JSON.parse(json));
      return parsed.success ? parsed.data : undefined;
    },
    write: (saved) => void replace.run(JSON.stringify(saved)),
    clear: () => void clear.run(),
  };
}
