import type { DurationCurve, PlanMonth, PlanYear, Side, Steadiness } from '#shared/plan-result.ts';
import type { MarketNow } from '#shared/control.ts';
import { addLoadRow, noOrigin, rowOfSlot, sumRows, type LedgerRow, type LoadRow } from '#engine/accounting/rollup.ts';
import type { Slot } from '#engine/accounting/close-slot.ts';
import type { CalendarYear } from './calendar-year.ts';
import { MINUTE_MS } from './calendar-year.ts';
import type { Balance } from './plant.ts';

/** mWh of 1 W over a minute. */
const MWH_PER_W_MINUTE = 1000 / 60;
const QUARTER = 15;
const SIDE_KEYS = [
  'potential',
  'production',
  'lost',
  'demand',
  'import',
  'export',
  'charge',
  'discharge',
  'unserved',
  'draw',
  'energyCostMicro',
] as const;
const COST = SIDE_KEYS.indexOf('energyCostMicro');

/** Sums of W × minutes (and of W × minutes × price), in the order of SIDE_KEYS. */
type SideSums = Float64Array;

/** Follows the minutes and the slots of a run and makes its figures. */
export function createTally(
  year: Pick<CalendarYear, 'startMs' | 'endMs' | 'month' | 'monthStartsMs'>,
  minutes: number,
) {
  const months = Array.from({ length: 12 }, () => ({
    usual: new Float64Array(SIDE_KEYS.length),
    mining: new Float64Array(SIDE_KEYS.length),
    rows: [] as LedgerRow[],
  }));
  const byLoad = new Map<string, LoadRow>();
  const quarters = Math.floor(minutes / QUARTER);
  const surplusW = new Float32Array(quarters);
  const lostUsualW = new Float32Array(quarters);
  const lostMiningW = new Float32Array(quarters);
  const drawnW = new Float32Array(quarters);
  const exchange = { usual: createExchange(), mining: createExchange() };
  let runningMinutes = 0;

  function minute(i: number, mining: Balance, usual: Balance, running: boolean, market: MarketNow): void {
    const month = months[year.month[i] as number] as (typeof months)[number];
    add(month.mining, mining, market);
    add(month.usual, usual, market);
    if (running) runningMinutes += 1;
    exchange.mining.note(mining.exportW - mining.importW);
    exchange.usual.note(usual.exportW - usual.importW);
    const quarter = Math.floor(i / QUARTER);
    if (quarter >= quarters) return;
    const lostW = usual.potentialW - usual.productionW;
    surplusW[quarter] = (surplusW[quarter] as number) + (lostW + usual.exportW) / QUARTER;
    lostUsualW[quarter] = (lostUsualW[quarter] as number) + lostW / QUARTER;
    lostMiningW[quarter] = (lostMiningW[quarter] as number) + (mining.potentialW - mining.productionW) / QUARTER;
    drawnW[quarter] = (drawnW[quarter] as number) + mining.drawW / QUARTER;
  }

  function slot(closed: Slot): void {
    const i = Math.min(year.month.length - 1, Math.max(0, Math.round((closed.startMs - year.startMs) / MINUTE_MS)));
    months[year.month[i] as number]?.rows.push(rowOfSlot(closed));
    for (const [id, { draw, origin, msat }] of Object.entries(closed.loads))
      addLoadRow(byLoad, id, { draw, origin, ...(msat === undefined ? {} : { estimatedMsat: msat }) });
  }

  function months12(): PlanMonth[] {
    return months.flatMap(({ usual, mining, rows }, index) => {
      if (rows.length === 0) return [];
      const startMs = year.monthStartsMs[index] as number;
      const sum = sumRows(rows, { startMs, endMs: year.monthStartsMs[index + 1] as number });
      const { origin, earnings, starts } = sum;
      return [{ startMs, usual: sideOf(usual), mining: sideOf(mining), origin, earnings, starts }];
    });
  }

  return {
    minute,
    slot,
    /** The figures so far; whole when the year is. */
    figures(): Omit<PlanYear, 'cycles' | 'fuelCostMicro' | 'avoidedCo2Kg'> {
      const span = { startMs: year.startMs, endMs: year.endMs };
      const rows = months.flatMap((month) => month.rows);
      const sum = sumRows(rows, span);
      const each = months12();
      return {
        ...span,
        usual: sumSides(each.map(({ usual }) => usual)),
        mining: sumSides(each.map(({ mining }) => mining)),
        origin: rows.length === 0 ? noOrigin() : sum.origin,
        earnings: sum.earnings,
        starts: sum.starts,
        runningHours: runningMinutes / 60,
        steadiness: { usual: exchange.usual.figures(), mining: exchange.mining.figures() },
        byLoad: [...byLoad.values()].map(({ loadId, draw, estimatedMsat }) => ({
          loadId,
          draw,
          ...(estimatedMsat === undefined ? {} : { estimatedMsat }),
        })),
        months: each,
        duration: durationOf({ surplusW, lostUsualW, lostMiningW, drawW: drawnW }),
      };
    },
  };
}

function add(sums: SideSums, at: Balance, { importPerKwh = 0, exportPerKwh = 0 }: MarketNow): void {
  const values = sums;
  values[0]! += at.potentialW;
  values[1]! += at.productionW;
  values[2]! += at.potentialW - at.productionW;
  values[3]! += at.demandW;
  values[4]! += at.importW;
  values[5]! += at.exportW;
  values[6]! += at.chargeW;
  values[7]! += at.dischargeW;
  values[8]! += at.unservedW;
  values[9]! += at.drawW;
  values[COST]! += at.importW * importPerKwh - at.exportW * exportPerKwh;
}

/** Money: W × minutes × currency per kWh is 1/60 of a thousandth of the unit. */
function sideOf(sums: SideSums): Side {
  return Object.fromEntries(
    SIDE_KEYS.map((key, i) => [key, Math.round((sums[i] as number) * MWH_PER_W_MINUTE)]),
  ) as Side;
}

export function sumSides(sides: readonly Side[]): Side {
  const sum = Object.fromEntries(SIDE_KEYS.map((key) => [key, 0])) as Side;
  for (const side of sides) for (const key of SIDE_KEYS) sum[key] += side[key];
  return sum;
}

/** Changes from one quarter of an hour to the next, and how far the exchange strays from its mean. */
function createExchange() {
  let quarterW = 0;
  let count = 0;
  let lastW: number | undefined;
  let rampW = 0;
  let ramps = 0;
  let sum = 0;
  let square = 0;
  let n = 0;
  let peakExportW = 0;
  let peakImportW = 0;
  return {
    note(powerW: number): void {
      sum += powerW;
      square += powerW * powerW;
      n += 1;
      if (powerW > peakExportW) peakExportW = powerW;
      if (-powerW > peakImportW) peakImportW = -powerW;
      quarterW += powerW / QUARTER;
      count += 1;
      if (count < QUARTER) return;
      if (lastW !== undefined) {
        rampW += Math.abs(quarterW - lastW);
        ramps += 1;
      }
      lastW = quarterW;
      quarterW = 0;
      count = 0;
    },
    figures(): Steadiness {
      const mean = n === 0 ? 0 : sum / n;
      return {
        rampW: ramps === 0 ? 0 : rampW / ramps,
        spreadW: n === 0 ? 0 : Math.sqrt(Math.max(0, square / n - mean * mean)),
        peakExportW,
        peakImportW,
      };
    },
  };
}

function durationOf(series: Record<Exclude<keyof DurationCurve, 'percent'>, Float32Array>): DurationCurve {
  const percent = Array.from({ length: 51 }, (_, i) => i * 2);
  const passed = (values: Float32Array) => {
    const sorted = Float32Array.from(values).sort();
    const last = sorted.length - 1;
    return percent.map((share) => Math.round(sorted[Math.max(0, Math.round(last * (1 - share / 100)))] ?? 0));
  };
  return {
    percent,
    surplusW: passed(series.surplusW),
    lostUsualW: passed(series.lostUsualW),
    lostMiningW: passed(series.lostMiningW),
    drawW: passed(series.drawW),
  };
}
