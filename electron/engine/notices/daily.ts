import type { Mode } from '#shared/control.ts';
import type { ReportRow } from '#shared/ledger.ts';
import { localTime } from '#engine/control/calendar.ts';
import type { Condition } from './incidents.ts';

const UNUSED_FROM_MINUTE = 18 * 60;
const SUMMARY_FROM_MINUTE = 20 * 60;
/** Less is not worth a word, mWh. */
const UNUSED_MWH = 1e6;
/** Fewer shares tell nothing of a shortfall: by chance alone 500 are off by 4.5 % (1/√500). */
const LEAST_SHARES = 500;
const SHORTFALL = 0.1;

const kwh = (mwh: number) => `${(mwh / 1e6).toFixed(2)} kWh`;

export interface DailyInput {
  atMs: number;
  timeZone: string;
  mode: Mode;
  /** The day so far. */
  today: ReportRow | undefined;
  /** The work of the last 24 h. */
  work: ReportRow['earnings'];
}

/** What is told once a day, at its hour, and what only a whole day of work can tell. */
export function dailyConditions({ atMs, timeZone, mode, today, work }: DailyInput): Condition[] {
  const found: Condition[] = [];
  const { minute } = localTime(atMs, timeZone);
  const lostMwh = today?.flows.curtailed ?? 0;
  const idle = mode === 'off' || mode === 'observe';
  if (minute >= UNUSED_FROM_MINUTE && idle && lostMwh >= UNUSED_MWH)
    found.push({
      id: 'unused',
      level: 'info',
      afterMs: 0,
      message: `${kwh(lostMwh)} were curtailed today while nothing may run. Strategy holds the mode.`,
    });
  if (minute >= SUMMARY_FROM_MINUTE && today) {
    const { flows, origin } = today;
    found.push({
      id: 'summary',
      level: 'info',
      afterMs: 0,
      message:
        flows.draw === undefined
          ? 'Today it was never known what the loads drew; History shows what is known.'
          : `Today ${kwh(flows.draw)} were mined, ${kwh(origin.avoidedCurtailment)} of it would have been lost; ${kwh(origin.gridFed)} came from the grid.`,
    });
  }
  const { estimatedMsat, verifiedMsat, shares = 0 } = work;
  if (estimatedMsat !== undefined && verifiedMsat !== undefined && shares >= LEAST_SHARES) {
    if (verifiedMsat < estimatedMsat * (1 - SHORTFALL))
      found.push({
        id: 'mismatch',
        level: 'warn',
        afterMs: 0,
        message: `Over 24 h the accepted shares are worth ${Math.round(100 * (1 - verifiedMsat / estimatedMsat))} % less than the hashrate that the miners tell. Look at the pool and at rejected shares.`,
      });
  }
  return found;
}
