import type { Minute } from '#engine/accounting/minute.ts';
import type { WritableDatabase } from './database.ts';
import type { NameTable } from './names.ts';
import { packWriter, unpack } from './packed.ts';

const MINUTE_MS = 60_000;
// 0.1 W: a small miner draws 18 W.
const SCALE = 10;

export interface Minutes {
  add(minute: Minute): void;
  between(fromMs: number, toMs: number): Minute[];
  /** Drops what is older, in portions, so that no tick waits for it. */
  prune(beforeMs: number): void;
  dropFrom(atMs: number): void;
}

/** One packed row a minute: [series, mean × 10, mean − min, max − mean] each. */
export function minutes(db: WritableDatabase, series: NameTable): Minutes {
  const insert = db.prepare<[number, Buffer]>('INSERT OR REPLACE INTO minute (minute, data) VALUES (?, ?)');
  const select = db.prepare<[number, number], { minute: number; data: Buffer }>(
    'SELECT minute, data FROM minute WHERE minute >= ? AND minute < ? ORDER BY minute',
  );
  const prune = db.prepare<[number]>(
    'DELETE FROM minute WHERE minute IN (SELECT minute FROM minute WHERE minute < ? ORDER BY minute LIMIT 2000)',
  );
  const drop = db.prepare<[number]>('DELETE FROM minute WHERE minute >= ?');
  return {
    add({ startMs, series: figures }) {
      const writer = packWriter();
      for (const [key, { mean, min, max }] of Object.entries(figures)) {
        const whole = Math.round(mean * SCALE);
        writer.put(series.idOf(key));
        writer.put(whole);
        writer.put(whole - Math.round(min * SCALE));
        writer.put(Math.round(max * SCALE) - whole);
      }
      insert.run(startMs / MINUTE_MS, writer.bytes());
    },
    between: (fromMs, toMs) =>
      select.all(Math.ceil(fromMs / MINUTE_MS), Math.ceil(toMs / MINUTE_MS)).map(({ minute, data }) => {
        const numbers = unpack(data);
        const figures: Minute['series'] = {};
        for (let i = 0; i + 3 < numbers.length; i += 4) {
          const [id = 0, mean = 0, below = 0, above = 0] = numbers.slice(i, i + 4);
          figures[series.keyOf(id)] = { mean: mean / SCALE, min: (mean - below) / SCALE, max: (mean + above) / SCALE };
        }
        return { startMs: minute * MINUTE_MS, series: figures };
      }),
    prune: (beforeMs) => void prune.run(Math.floor(beforeMs / MINUTE_MS)),
    dropFrom: (atMs) => void drop.run(Math.floor(atMs / MINUTE_MS)),
  };
}
