import type { Done, Problem } from '#shared/contract/done.ts';

/** Why something was not done; fields are paths in the site file. Empty: it was. */
export type Problems = Problem[];

export const done = (problems: Problems): Done =>
  problems.length === 0 ? { outcome: 'ok' } : { outcome: 'refused', problems };

export const refuseCommand = (field: string) => ({
  field,
  message: 'Programs to run are taken from the site file alone: write this one there, with an editor.',
});
