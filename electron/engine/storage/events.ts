import type { WritableDatabase } from './database.ts';

/** What happened, as the activity list shows it. */
export interface StoredEvent {
  atMs: number;
  id: string;
  level: 'info' | 'warn' | 'critical';
  message: string;
  subject?: string | undefined;
}

export interface Events {
  add(event: StoredEvent): void;
  /** Newest first. */
  recent(limit: number): StoredEvent[];
}

interface Row {
  at_ms: number;
  name: string;
  level: StoredEvent['level'];
  message: string;
  subject: string | null;
}

export function events(db: WritableDatabase): Events {
  const insert = db.prepare<[number, string, string, string, string | null]>(
    'INSERT INTO event (at_ms, name, level, message, subject) VALUES (?, ?, ?, ?, ?)',
  );
  const select = db.prepare<[number], Row>(
    'SELECT at_ms, name, level, message, subject FROM event ORDER BY at_ms DESC, id DESC LIMIT ?',
  );
  return {
    add: ({ atMs, id, level, message, subject }) =>
      void insert.run(Math.round(atMs), id, level, message, subject ?? null),
    recent: (limit) =>
      select.all(limit).map(({ at_ms, name, level, message, subject }) => ({
        atMs: at_ms,
        id: name,
        level,
        message,
        ...(subject === null ? {} : { subject }),
      })),
  };
}
