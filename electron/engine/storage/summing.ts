import type { Log } from '#engine/system/log.ts';
import { breathe } from '#engine/system/breathe.ts';
import type { WritableDatabase } from './database.ts';
import { Basis, rollups, type Rollups } from './rollups.ts';
import type { SettingStore } from './settings.ts';

/** The sums of the ledger, and their making anew while ticks go on. */
export interface Summing {
  /** What the sums are of now; after a change of the site, of before until the new ones are made. */
  basis(): Basis;
  refresh(moments: readonly number[]): void;
  /** Another time zone or currency: the sums are made anew, the old ones serve until then. */
  settle(given: { timeZone: string; currency: string }): void;
  /** Makes all of them anew at once: for what is empty or small. */
  rebuildNow(): void;
  /** Ends what is under way; the next start takes it up again. */
  stop(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** So many days are summed within a tick's time (about 2 ms each). */
const AT_ONCE_MS = 7 * 86_400_000;
const OTHER = 10;

export function summing(ports: {
  db: WritableDatabase;
  settings: SettingStore;
  span: () => { firstMs: number; endMs: number } | undefined;
  log: Log;
}): Summing {
  const { db, settings } = ports;
  const kept = settings.read('basis', Basis);
  let active = { basis: kept ?? { timeZone: 'UTC', currency: '', base: 0 }, sums: undefined as Rollups | undefined };
  let coming: { basis: Basis; sums: Rollups; ending: boolean } | undefined;
  let running: Promise<void> = Promise.resolve();

  const sums = (): Rollups => (active.sums ??= rollups(db, active.basis));
  const take = (basis: Basis, made: Rollups) => {
    settings.write('basis', basis);
    active = { basis, sums: made };
  };
  const rebuildNow = () => {
    for (const _ of sums().drop());
    for (const _ of sums().rebuild());
  };
  const isSame = (a: { timeZone: string; currency: string }, b: typeof a) =>
    a.timeZone === b.timeZone && a.currency === b.currency;

  /** Each step is a transaction of its own, with a turn for everything else after it. */
  async function inSlices(mine: NonNullable<typeof coming>, steps: Generator<void>): Promise<void> {
    for (let done = false; !done && !mine.ending;) {
      db.transaction(() => (done = steps.next().done ?? true));
      await breathe();
    }
  }
  async function makeAnew(mine: NonNullable<typeof coming>): Promise<void> {
    ports.log.info({ ...mine.basis }, 'the sums of the ledger are made anew');
    await inSlices(mine, mine.sums.drop());
    await inSlices(mine, mine.sums.rebuild());
    if (mine.ending) return;
    const before = sums();
    take(mine.basis, mine.sums);
    await inSlices(mine, before.drop());
    if (coming === mine) coming = undefined;
  }

  return {
    basis: () => active.basis,
    refresh(moments) {
      sums().refresh(moments);
      if (coming && coming.sums !== active.sums) coming.sums.refresh(moments);
    },
    rebuildNow: () => db.transaction(rebuildNow),
    settle({ timeZone, currency }) {
      const wanted = { timeZone, currency };
      if (coming && !isSame(coming.basis, wanted)) {
        coming.ending = true;
        coming = undefined;
      }
      if (coming || isSame(active.basis, wanted)) return;
      const span = ports.span();
      if (active.basis.currency === '' || !span || span.endMs - span.firstMs <= AT_ONCE_MS) {
        db.transaction(() => {
          const basis = { ...wanted, base: active.basis.base };
          take(basis, rollups(db, basis));
          rebuildNow();
        });
        return;
      }
      const basis = { ...wanted, base: OTHER - active.basis.base };
      const mine = { basis, sums: rollups(db, basis), ending: false };
      coming = mine;
      running = running
        .then(() => makeAnew(mine))
        .catch((error: unknown) =>
          ports.log.warn({ err: error }, 'the sums could not be made anew; the next start does'),
        );
    },
    stop: () => void (coming && (coming.ending = true)),
    idle: () => running,
  };
}
