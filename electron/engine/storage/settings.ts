import type { z } from 'zod';
import type { WritableDatabase } from './database.ts';

export interface SettingStore {
  /** @returns undefined where nothing was saved, or where what was saved no longer fits the schema */
  read<T>(key: string, schema: z.ZodType<T>): T | undefined;
  write(key: string, value: unknown): void;
}

export function settingStore(db: WritableDatabase): SettingStore {
  const select = db.prepare<[string], string>('SELECT json FROM setting WHERE key = ?').pluck();
  const upsert = db.prepare<[string, string]>(
    'INSERT INTO setting (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json',
  );
  return {
    read(key, schema) {
      const json = select.get(key);
      if (json === undefined) return undefined;
      const parsed = schema.safeParse(JSON.parse(json));
      return parsed.success ? parsed.data : undefined;
    },
    write: (key, value) => void upsert.run(key, JSON.stringify(value)),
  };
}
