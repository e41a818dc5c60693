// A child process that writes a ledger as fast as it can until it is killed. It prints the site time of each tick that
// the ledger has taken. Arguments: folder, first moment (epoch ms).
import { writeSync } from 'node:fs';
import { openLedger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { site, tick } from '../ledger-ticks.ts';

const [dir = '', start = '0'] = process.argv.slice(2);
let nowMs = Number(start);
const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
const opened = openLedger({ dir, site: site(), clock, log: silentLog });
if (opened.outcome !== 'open') throw new Error(opened.message);
const { ledger } = opened;

for (;;) {
  ledger.tick(
    tick(nowMs, { production: 3600, import: 0, export: 1200, draws: { asic: 1200 }, hashrates: { asic: 60 } }),
  );
  writeSync(1, `${nowMs}\n`);
  nowMs += 1000;
}
