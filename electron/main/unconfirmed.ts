import type { Say } from './words.ts';

/** Who did not confirm, and what to do about it; nothing to say where all did. Pure. */
export function unconfirmedMessage(
  unconfirmed: string[] | undefined,
  loadsRunning: number,
  say: Say,
): string | undefined {
  if (unconfirmed === undefined)
    return loadsRunning === 0 ? undefined : say('unconfirmed.noAnswer', { count: loadsRunning });
  if (unconfirmed.length === 0) return undefined;
  return unconfirmed.map((name) => say('unconfirmed.one', { name })).join('\n');
}
