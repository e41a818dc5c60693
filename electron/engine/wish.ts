import { z } from 'zod';
import { Mode, Wish } from '#shared/control.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';
import type { Site } from '#shared/site.ts';
import type { SettingStore } from '#engine/storage/settings.ts';
import { isCommissioned } from './commissioned.ts';

/** What is kept over restarts: an owner's Stop holds until Resume. A boost ends with the process: it buys energy. */
export const KeptWish = z.object({
  mode: Mode.exclude(['boost']),
  stopped: z.boolean(),
  pauseUntilMs: z.number().optional(),
});
export type KeptWish = z.infer<typeof KeptWish>;

export interface WishKeeper {
  cell: Cell<Wish>;
  get(): Wish;
  /** A boost goes with Stop, Pause and a chosen mode; without one the mode is the one before it. */
  change(change: Partial<Wish>): void;
}

/** @param keep writes down what must outlive this process */
export function keepWish(initial: Omit<Wish, 'mode'> & KeptWish, keep: (kept: KeptWish) => void): WishKeeper {
  let wish: Wish = initial;
  let steady = initial.mode;
  const current = cell(wish);
  return {
    cell: current,
    get: () => wish,
    change(change) {
      if (change.mode !== undefined && change.mode !== 'boost') steady = change.mode;
      const next = { ...wish, ...change };
      const ends = next.stopped || change.pauseUntilMs !== undefined || next.mode !== 'boost';
      const boost = ends ? undefined : next.boost;
      wish = Wish.parse({ ...next, mode: boost ? 'boost' : steady, boost });
      current.set(wish);
      keep(KeptWish.parse({ mode: steady, stopped: wish.stopped, pauseUntilMs: wish.pauseUntilMs }));
    },
  };
}

/** The wish of the last run, or of a new site. */
export function openWish(site: Site, settings: SettingStore): WishKeeper {
  const kept = settings.read('wish', KeptWish);
  return keepWish(
    {
      mode: kept?.mode ?? (site.mode === 'boost' ? 'surplus' : site.mode),
      stopped: kept?.stopped ?? false,
      pauseUntilMs: kept?.pauseUntilMs,
      commissioned: isCommissioned(site, settings),
      engineStopping: false,
    },
    (keep) => settings.write('wish', keep),
  );
}
