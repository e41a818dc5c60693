import type { Problem } from '#shared/contract/done.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { Boost, Decision, Wish } from '#shared/control.ts';
import type { Site } from '#shared/site.ts';
import type { Problems } from './done.ts';

/** A boost left running by mistake shall not last longer, ms. */
const LONGEST_MS = 12 * 3_600_000;

/** Why this boost cannot begin; empty: it can. */
export function boostProblems(boost: Boost, site: Site, wish: Wish, nowMs: number): Problems {
  const found: Problems = [];
  const no = (field: string, code: string, message: string, values?: Problem['values']) =>
    found.push({ field, message, code: `boost-${code}`, ...(values && { values }) });
  const { battery } = site.control;
  if (wish.stopped) no('boost', 'stopped', 'Mining is stopped. Press Resume first.');
  if (!wish.commissioned) no('boost', 'unproven', 'The meter direction is not proven yet. Prove it in Devices first.');
  if (!(boost.untilMs > nowMs && boost.untilMs <= nowMs + LONGEST_MS))
    no('untilMs', 'too-long', 'A boost ends within the next 12 hours.');
  if (boost.loadId !== undefined && !site.loads.some(({ id }) => id === boost.loadId))
    no('loadId', 'no-load', `There is no load "${boost.loadId}".`);
  if (boost.importW > 0 && site.control.connection === 'off-grid')
    no('importW', 'no-grid', 'There is no grid to buy from here.');
  if (boost.batteryToPercent !== undefined && battery === undefined)
    no('batteryToPercent', 'no-battery', 'There is no battery to take from.');
  if (battery !== undefined && (boost.batteryToPercent ?? 100) < battery.floorPercent)
    no('batteryToPercent', 'floor', `The battery stays above its floor of ${battery.floorPercent} %.`, {
      floorPercent: battery.floorPercent,
    });
  if (boost.importW === 0 && boost.batteryToPercent === undefined)
    no('importW', 'nothing', 'Allow import, the battery or both; without either there is nothing to boost with.');
  return found;
}

const ENDS = {
  time: 'its time is over',
  energy: 'its energy is used up',
  battery: 'the battery would feed it, further than it may',
} as const;

/** The word on a boost that ended by itself. */
export function boostEnded({ atMs, boost }: Decision): EngineEvent | undefined {
  if (boost?.ended === undefined) return undefined;
  const kwh = (boost.usedWh / 1000).toFixed(2);
  return {
    atMs,
    id: 'boost-ended',
    level: 'info',
    message: `The boost has ended: ${ENDS[boost.ended]}. It took ${kwh} kWh from grid and battery.`,
  };
}
