// Writes the past of some sites: days of ticks through the real accounting into real ledgers.
import { workerData } from 'node:worker_threads';
import { openSite, type SiteOptions } from './site.ts';

export interface PastOptions extends SiteOptions {
  numbers: number[];
  days: number;
}

const DAY_MS = 86_400_000;
const { numbers, days, ...options } = workerData as PastOptions;
for (const number of numbers) {
  const site = openSite(options, number);
  // The prices of the last day are not known yet.
  site.live((days - 1) * DAY_MS, true);
  site.live(DAY_MS, false);
  await site.ledger.backUp();
  site.end();
}
