import type { WritableDatabase } from './database.ts';

/** Numbers for text keys that repeat in every row. */
export interface NameTable {
  idOf(key: string): number;
  /** @returns undefined for a key never seen */
  find(key: string): number | undefined;
  keyOf(id: number): string;
  /** Forgets what a rolled back transaction may have added. */
  reload(): void;
}

export function nameTable(db: WritableDatabase, table: 'device' | 'series'): NameTable {
  const insert = db.prepare<[string]>(`INSERT INTO ${table} (key) VALUES (?)`);
  const all = db.prepare<[], { id: number; key: string }>(`SELECT id, key FROM ${table}`);
  const ids = new Map<string, number>();
  const keys = new Map<number, string>();
  const learn = (id: number, key: string) => {
    ids.set(key, id);
    keys.set(id, key);
    return id;
  };
  const reload = () => {
    ids.clear();
    keys.clear();
    for (const { id, key } of all.all()) learn(id, key);
  };
  reload();
  return {
    idOf: (key) => ids.get(key) ?? learn(Number(insert.run(key).lastInsertRowid), key),
    find: (key) => ids.get(key),
    keyOf(id) {
      const key = keys.get(id);
      if (key === undefined) throw new Error(`${table} ${id} has no name`);
      return key;
    },
    reload,
  };
}
