import Database from 'better-sqlite3';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#engine/storage/database.ts';
import { migrations } from '#engine/storage/migrations/all.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'database-'));
  file = join(dir, 'site-home.sqlite');
});
afterEach(() => rmSync(dir, { recursive: true }));

function created(): void {
  const opened = openDatabase(file);
  if (opened.outcome !== 'open') throw new Error(opened.message);
  opened.db.close();
}

describe('openDatabase', () => {
  it('has the schema that was agreed on', () => {
    created();
    const db = new Database(file, { readonly: true });
    const rows = db
      .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name')
      .pluck()
      .all();
    expect(rows.join(';\n')).toMatchSnapshot();
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('refuses a database of a newer version and leaves it alone', () => {
    created();
    const db = new Database(file);
    db.pragma('user_version = 999');
    db.close();
    const opened = openDatabase(file);
    expect(opened).toMatchObject({ outcome: 'newer', message: expect.stringContaining('schema 999') as string });
    const again = new Database(file, { readonly: true });
    expect(again.pragma('user_version', { simple: true })).toBe(999);
    again.close();
  });

  it('says that something else is no database', () => {
    writeFileSync(file, 'this is a letter, and a long one so that it has a header '.repeat(40));
    expect(openDatabase(file)).toMatchObject({ outcome: 'damaged', message: expect.stringContaining(file) as string });
  });

  it('finds a cut-off file after an unclean end', () => {
    created();
    const db = new Database(file);
    db.exec("DELETE FROM setting WHERE key = 'closed'");
    const fill = db.prepare('INSERT INTO reading (at_ms, data) VALUES (?, zeroblob(900))');
    for (let i = 0; i < 500; i += 1) fill.run(i);
    db.close();
    truncateSync(file, 200_000);
    expect(openDatabase(file).outcome).toBe('damaged');
  });

  it('says that a folder cannot be used', () => {
    writeFileSync(join(dir, 'blocked'), '');
    expect(openDatabase(join(dir, 'blocked', 'site.sqlite')).outcome).toBe('unreadable');
  });

  it('leaves nothing behind but the database', () => {
    created();
    expect(readdirSync(dir)).toEqual(['site-home.sqlite']);
  });
});
