import { z } from 'zod';
import { Mode, Wish } from '#shared/control.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';

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
  change(change: Partial<Wish>): void;
}

/** @param keep writes down what must outlive this process */
export function keepWish(initial: Wish, keep: (kept: KeptWish) => void): WishKeeper {
  let wish = initial;
  const current = cell(wish);
  return {
    cell: current,
    get: () => wish,
    change(change) {
      wish = Wish.parse({ ...wish, ...change });
      current.set(wish);
      keep(
        KeptWish.parse({
          mode: wish.mode === 'boost' ? 'surplus' : wish.mode,
          stopped: wish.stopped,
          pauseUntilMs: wish.pauseUntilMs,
        }),
      );
    },
  };
}
