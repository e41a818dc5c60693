import type { Earnings } from '#shared/ledger.ts';
import type { ReplayResult, Side } from '#shared/plan-result.ts';
import { dayOf } from '#shared/time.ts';
import { localTime } from '#engine/control/calendar.ts';
import { MINUTE_MS } from './calendar-year.ts';
import type { Recorded } from './recorded.ts';
import { createRun } from './run-year.ts';
import { sceneFrom, type SceneParts } from './scene.ts';
import { createTally } from './tally.ts';

/** A stretch of the owner's own days, and the two settings it is run through again; structured-clonable. */
export interface ReplayOrder {
  recorded: Recorded;
  happened: ReplayResult['happened'];
  happenedEarnings: Earnings;
  today: SceneParts;
  changed: SceneParts;
}

interface Played {
  side: Side;
  earnings: Earnings;
  /** By day, mWh. */
  draws: number[];
  losts: number[];
}

/** Runs the recorded plant and demand through both settings; a minute that was not recorded is left out of all three. */
export function replay(order: ReplayOrder, report: (progress: number) => void): ReplayResult {
  const { recorded, happened, happenedEarnings } = order;
  const { startMs, potentialW } = recorded;
  const days = daysOf(recorded, order.today.settings.timeZone);
  const today = play(order.today, recorded, days, (share) => report(share / 2));
  const changed = play(order.changed, recorded, days, (share) => report(0.5 + share / 2));
  return {
    fromMs: startMs,
    toMs: startMs + potentialW.length * MINUTE_MS,
    coverage: recorded.known / potentialW.length,
    happened,
    happenedEarnings,
    today: today.side,
    todayEarnings: today.earnings,
    changed: changed.side,
    changedEarnings: changed.earnings,
    days: days.starts.map((dayMs, i) => ({
      startMs: dayMs,
      happenedDraw: Math.round(recorded.drawByDay[i] ?? 0),
      todayDraw: today.draws[i] ?? 0,
      changedDraw: changed.draws[i] ?? 0,
      changedLost: changed.losts[i] ?? 0,
    })),
    lowerBound: recorded.lowerBound,
  };
}

function daysOf({ startMs, potentialW }: Recorded, timeZone: string) {
  const of = new Uint16Array(potentialW.length);
  const starts: number[] = [];
  let endMs = -Infinity;
  for (let i = 0; i < of.length; i += 1) {
    const atMs = startMs + i * MINUTE_MS;
    if (atMs >= endMs) {
      const day = dayOf(atMs, timeZone);
      endMs = day.endMs;
      starts.push(day.startMs);
    }
    of[i] = starts.length - 1;
  }
  return { of, starts };
}

/** mWh of 1 W over a minute. */
const MWH = 1000 / 60;

function play(
  parts: SceneParts,
  recorded: Recorded,
  days: { of: Uint16Array; starts: number[] },
  report: (share: number) => void,
): Played {
  const scene = sceneFrom(parts);
  const { startMs, potentialW, demandW } = recorded;
  const count = potentialW.length;
  const minuteOfDay = new Uint16Array(count);
  const weekday = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) {
    const local = localTime(startMs + i * MINUTE_MS, parts.settings.timeZone);
    minuteOfDay[i] = Math.floor(local.minute);
    weekday[i] = local.weekday;
  }
  // A stretch is one "month": the tally's months are not asked for.
  const span = { startMs, endMs: startMs + count * MINUTE_MS };
  const tally = createTally({ ...span, month: new Uint8Array(count), monthStartsMs: [startMs, span.endMs] }, count);
  const draws = new Float64Array(days.starts.length);
  const losts = new Float64Array(days.starts.length);
  const run = createRun(
    scene,
    { startMs, potentialW, demandW, minuteOfDay, weekday },
    {
      minute(i, mining, usual, running) {
        tally.minute(i, mining, usual, running, scene.market(weekday[i] as number, minuteOfDay[i] as number));
        const day = days.of[i] as number;
        draws[day]! += mining.drawW * MWH;
        losts[day]! += (mining.potentialW - mining.productionW) * MWH;
      },
      slot: tally.slot,
    },
  );
  for (let done = 0; done < count; done += 1440) {
    run.advance(done, Math.min(count, done + 1440));
    report(Math.min(1, (done + 1440) / count));
  }
  const { mining, earnings } = tally.figures();
  return { side: mining, earnings, draws: [...draws].map(Math.round), losts: [...losts].map(Math.round) };
}
