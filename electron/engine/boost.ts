import type { EngineEvent } from '#shared/contract/engine.ts';
import type { Boost, Decision, Wish } from '#shared/control.ts';
import type { Site } from '#shared/site.ts';
import type { Problems } from './done.ts';

/** A boost left running by mistake shall not last longer, ms. */
const LONGEST_MS = 12 * 3_600_000;

/** Why this boost cannot begin; empty: it can. */
export function boostProblems(boost: Boost, site: Site, wish: Wish, nowMs: number): Problems {
  const found: Problems = [];
  const no = (field: string, message: string) => found.push({ field, message });
  const { battery } = site.control;
  if (wish.stopped) no('boost', 'Mining is stopped. Press Resume first.');
  if (!wish.commissioned) no('boost', 'The meter direction is not proven yet. Prove it in Devices first.');
  if (!(boost.untilMs > nowMs && boost.untilMs <= nowMs + LONGEST_MS))
    no('untilMs', 'A boost ends within the next 12 hours.');
  if (boost.loadId !== undefined && !site.loads.some(({ id }) => id === boost.loadId))
    no('loadId', `There is no load "${boost.loadId}".`);
  if (boost.importW > 0 && site.control.connection === 'off-grid') no('importW', 'There is no grid to buy from here.');
  if (boost.batteryToPercent !== undefined && battery === undefined)
    no('batteryToPercent', 'There is no battery to take from.');
  if (battery !== undefined && (boost.batteryToPercent ?? 100) < battery.floorPercent)
    no('batteryToPercent', `The battery stays above its floor of ${battery.floorPercent} %.`);
  if (boost.importW === 0 && boost.batteryToPercent === undefined)
    no('importW', 'Allow import, the battery or both; without either there is nothing to boost with.');
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
