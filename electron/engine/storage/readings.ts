import type { Snapshot } from '#shared/control.ts';
import type { WritableDatabase } from './database.ts';
import type { NameTable } from './names.ts';
import { packWriter, unpack } from './packed.ts';

// Two decimals: 0.01 W, 0.01 %, 0.01 °C.
const SCALE = 100;

export interface RawReading {
  key: string;
  atMs: number;
  value: number;
}

export interface Readings {
  add(atMs: number, snapshot: Snapshot): void;
  between(fromMs: number, toMs: number): RawReading[];
  /** Drops what is older, in portions, so that no tick waits for it. */
  prune(beforeMs: number): void;
  dropFrom(atMs: number): void;
}

/** Raw readings, one packed row a tick: [series, age in ms, value × 100] each. */
export function readings(db: WritableDatabase, series: NameTable): Readings {
  const insert = db.prepare<[number, Buffer]>('INSERT OR REPLACE INTO reading (at_ms, data) VALUES (?, ?)');
  const select = db.prepare<[number, number], { at_ms: number; data: Buffer }>(
    'SELECT at_ms, data FROM reading WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms',
  );
  const prune = db.prepare<[number]>(
    'DELETE FROM reading WHERE at_ms IN (SELECT at_ms FROM reading WHERE at_ms < ? ORDER BY at_ms LIMIT 2000)',
  );
  const drop = db.prepare<[number]>('DELETE FROM reading WHERE at_ms >= ?');
  return {
    add(atMs, snapshot) {
      const writer = packWriter();
      const whole = Math.round(atMs);
      for (const { key, atMs: measuredMs, value } of numbersOf(snapshot)) {
        writer.put(series.idOf(key));
        writer.put(Math.round(whole - measuredMs));
        writer.put(Math.round(value * SCALE));
      }
      insert.run(whole, writer.bytes());
    },
    between: (fromMs, toMs) =>
      select.all(fromMs, toMs).flatMap(({ at_ms, data }) => {
        const numbers = unpack(data);
        const rows: RawReading[] = [];
        for (let i = 0; i + 2 < numbers.length; i += 3) {
          const [id = 0, ageMs = 0, value = 0] = numbers.slice(i, i + 3);
          rows.push({ key: series.keyOf(id), atMs: at_ms - ageMs, value: value / SCALE });
        }
        return rows;
      }),
    prune: (beforeMs) => void prune.run(beforeMs),
    dropFrom: (atMs) => void drop.run(atMs),
  };
}

/** Counters grow all day, and what they grew by is kept elsewhere. */
const COUNTER = /Total$|^accepted/;

function* numbersOf(snapshot: Snapshot): Generator<RawReading> {
  const { loads, ...site } = snapshot;
  for (const [key, timed] of Object.entries(site)) {
    if (typeof timed?.value === 'number' && !COUNTER.test(key)) yield { key, atMs: timed.atMs, value: timed.value };
    if (Array.isArray(timed?.value)) {
      for (const [i, value] of timed.value.entries()) yield { key: `${key}.${i + 1}`, atMs: timed.atMs, value };
    }
  }
  for (const [id, load] of Object.entries(loads)) {
    for (const [key, timed] of Object.entries(load)) {
      if (typeof timed === 'object' && typeof timed.value === 'number' && !COUNTER.test(key)) {
        yield { key: `load:${id}.${key}`, atMs: timed.atMs, value: timed.value };
      }
    }
  }
}
