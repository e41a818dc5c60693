import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Slot } from '#engine/accounting/close-slot.ts';
import { originKeys } from '#engine/accounting/counterfactual.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { originTotal, ratesOf } from '#engine/accounting/rates.ts';
import { accumulate, slotState } from '#engine/accounting/slot.ts';
import { market, miner, tick, type Powers } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
const has = { production: true, grid: true, battery: false };
type Over = Parameters<typeof tick>[2];

/** Slots of a run of ticks given by time; the last one is forced to close by a tick far later. */
function slotsOf(ticks: readonly (readonly [number, Powers])[], over: Over = {}, equipment = has): Slot[] {
  let state = slotState(START);
  const slots: Slot[] = [];
  for (const [ms, powers] of [...ticks, [ticks.at(-1)![0] + 10 * SLOT_MS, {}] as const]) {
    const rates = ratesOf(tick(START + ms, powers, over), equipment, state.bias);
    const step = accumulate(state, rates, 30_000);
    state = step.state;
    slots.push(...step.closed);
  }
  return slots;
}

const each = (fromS: number, toS: number, powers: Powers) =>
  Array.from({ length: toS - fromS + 1 }, (_, i) => [(fromS + i) * 1000, powers] as const);

describe('accumulate', () => {
  it('integrates by trapezoid over the border of two slots', () => {
    // Draw rises 0 → 3600 W over 20 s around 300 s. First slot: the first 10 s, mean 900 W → 2.5 Wh; second: 2700 W → 7.5 Wh.
    const ramp = [
      [290_000, { production: 5000, import: 0, export: 5000, draws: { asic: 0 } }],
      [310_000, { production: 5000, import: 0, export: 1400, draws: { asic: 3600 } }],
    ] as const;
    expect(slotsOf(ramp).map(({ flows }) => flows.draw)).toEqual([2500, 7500]);
  });

  it('leaves a gap where readings are missing, and says that the proof is', () => {
    const powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 } };
    const [slot] = slotsOf([
      ...each(0, 100, powers),
      ...each(101, 199, { production: 3600, draws: { asic: 1200 } }),
      ...each(200, 299, powers),
    ]);
    // 100 s + 99 s of 1200 W are proven, the 99 s + two half-known seconds between them are unproven.
    expect(slot?.flows.draw).toBe(Math.round((1200 * 299) / 3.6));
    expect(slot?.loads.asic?.origin.unproven).toBeGreaterThan(Math.floor((1200 * 98) / 3.6));
    expect(slot?.coveredMs).toBe(199_000);
    expect(slot?.unprovenMs).toBeGreaterThanOrEqual(99_000);
  });

  it('does not doubt the proof for the seconds before the first readings came', () => {
    const off = { production: 3600, import: 0, export: 3600, draws: { asic: 0 } };
    const [slot] = slotsOf([...each(0, 8, { draws: { asic: undefined } }), ...each(9, 299, off)]);
    expect(slot).toMatchObject({ unprovenMs: 0, coveredMs: 290_000 });
  });

  it('does not blame the miner for import after it stopped', () => {
    const mining = { production: 3000, import: 0, export: 0, draws: { asic: 2000 } };
    const stopped = { production: 0, import: 1500, export: 0, draws: { asic: 0 } };
    const [slot] = slotsOf([...each(0, 100, mining), ...each(102, 299, stopped)], { settings: { exportLimitW: 0 } });
    // Only the ramp of two seconds could be both: at its end import is 1500 W but draw 0.
    expect(slot?.loads.asic?.origin.gridFed).toBe(0);
    expect(slot?.loads.asic?.origin.avoidedCurtailment).toBe(slot?.loads.asic?.draw);
  });

  it('learns the import that a zero-export inverter keeps, and does not count it', () => {
    const settings = { exportLimitW: 0 };
    const idle = { production: 800, import: 25, export: 0, curtailed: true, draws: { asic: 0 } };
    const mining = { production: 2000, import: 27, export: 0, curtailed: true, draws: { asic: 1200 } };
    const slots = slotsOf([...each(0, 200, idle), ...each(201, 599, mining)], { settings });
    expect(slots.map(({ loads }) => loads.asic?.origin.gridFed)).toEqual([0, 0]);
    expect(slots[1]?.loads.asic?.origin.avoidedCurtailment).toBe(slots[1]?.loads.asic?.draw);
  });

  it('works out one hour at a negative export price', () => {
    const powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 }, hashrates: { asic: 60 } };
    const slots = slotsOf(each(0, 3600, powers), { market: { ...market, exportPerKwh: -0.05 } });
    const sum = (pick: (slot: Slot) => number | undefined) =>
      slots.reduce((total, slot) => total + (pick(slot) ?? 0), 0);
    // 1.2 kWh would have been exported at a cost of 0.05 each = 0.06 saved; 120 sats × 0.001 = 0.12 mined; 0.18 earned.
    expect(sum(({ loads }) => loads.asic?.origin.avoidedPaidExport)).toBe(1_200_000);
    expect(sum(({ money }) => money.paidExportAvoidedMicro)).toBe(60_000);
    expect(sum(({ money }) => money.forgoneExportMicro)).toBe(0);
    expect(sum(({ money }) => money.earningsMicro)).toBe(180_000);
  });

  it('keeps a miner and a compute job apart, each kilowatt-hour under its own name and value', () => {
    const powers = {
      production: 3600,
      import: 0,
      export: 600,
      draws: { asic: 1200, job: 600 },
      hashrates: { asic: 60 },
    };
    const job = miner('job', { kind: 'compute', valuePerKwh: 0.4 });
    const slots = slotsOf(each(0, 3600, powers), { loads: [miner('asic'), job] });
    const sum = (pick: (slot: Slot) => number | undefined) =>
      slots.reduce((total, slot) => total + (pick(slot) ?? 0), 0);
    expect(sum(({ loads }) => loads.asic?.origin.forgoneExport)).toBe(1_200_000);
    expect(sum(({ loads }) => loads.job?.origin.forgoneExport)).toBe(600_000);
    // 120 sats × 0.001 = 0.12 mined, 0.6 kWh × 0.40 = 0.24 computed; 1.8 kWh × 0.08 = 0.144 would have been paid.
    expect(sum(({ money }) => money.minedMicro)).toBe(360_000);
    expect(sum(({ money }) => money.forgoneExportMicro)).toBe(144_000);
    expect(sum(({ money }) => money.earningsMicro)).toBe(216_000);
    // A job finds no bitcoin: its sats are absent, not none.
    expect(sum(({ loads }) => loads.asic?.msat)).toBe(120_000);
    expect(slots.every(({ loads }) => loads.job?.msat === undefined)).toBe(true);
  });

  it('loses and doubles nothing when the clock is set back', () => {
    const powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 } };
    const slots = slotsOf([...each(0, 299, powers), ...each(100, 400, powers)]);
    // 299 s, then 300 s again: the slots say so in parts that the store adds up.
    const drawn = slots.reduce((sum, { flows }) => sum + (flows.draw ?? 0), 0);
    expect(Math.abs(drawn - (1200 * 599) / 3.6)).toBeLessThan(3);
  });

  it('tells how sure curtailment is only where that is known', () => {
    const powers = { production: 3000, import: 0, export: 0, draws: { asic: 0 } };
    const potential = { powerW: 4200, plusMinusW: 360, method: 'probed' as const };
    // 299 s of 1200 W ± 360 W: 1200 × 299 / 3.6 mWh.
    const [told] = slotsOf(each(0, 299, powers), { curtailedW: 1200, potential });
    expect(told?.flows).toMatchObject({ curtailed: 99_667, curtailedPlusMinus: 29_900, curtailedMethod: 'probed' });
    const [untold] = slotsOf(each(0, 299, powers), { curtailedW: 1200 });
    expect(untold?.flows.curtailed).toBe(99_667);
    expect(untold?.flows).not.toHaveProperty('curtailedPlusMinus');
    expect(untold?.flows).not.toHaveProperty('curtailedMethod');
  });

  it('makes money unknown where a price is, never nothing', () => {
    const { exportPerKwh: _, ...unpriced } = market;
    const [slot] = slotsOf(each(0, 299, { production: 3600, import: 0, export: 1200, draws: { asic: 1200 } }), {
      market: unpriced,
    });
    expect(slot?.money.forgoneExportMicro).toBeUndefined();
    expect(slot?.money.earningsMicro).toBeUndefined();
    expect(slot?.money.importCostMicro).toBe(0);
  });

  it('closes every balance and splits every draw to the milliwatt-hour', () => {
    const power = fc.double({ min: 0, max: 15_000, noNaN: true });
    const maybe = fc.option(power, { nil: undefined });
    const powers = fc.record({
      production: maybe,
      import: maybe,
      export: maybe,
      charge: maybe,
      discharge: maybe,
      soc: fc.integer({ min: 0, max: 100 }),
      draws: fc.record({ asic: maybe, shelf: maybe, axe: maybe }),
    });
    const run = fc.array(fc.tuple(fc.integer({ min: 200, max: 90_000 }), powers), { minLength: 3, maxLength: 40 });
    const loads = [miner('asic'), miner('shelf'), miner('axe')];
    const limit = fc.option(fc.constantFrom(0, 600, 5000), { nil: undefined });
    fc.assert(
      fc.property(run, limit, (steps, exportLimitW) => {
        let ms = 0;
        const ticks = steps.map(([gap, at]) => [(ms += gap), at as Powers] as const);
        const settings = exportLimitW === undefined ? {} : { exportLimitW };
        for (const { flows, loads: parts } of slotsOf(ticks, { loads, settings }, { ...has, battery: true })) {
          const { production = 0, import: i = 0, discharge = 0, demand = 0, draw = 0, charge = 0, residual } = flows;
          expect(production + i + discharge).toBe(demand + draw + (flows.export ?? 0) + charge + residual);
          expect(Object.values(parts).reduce((sum, load) => sum + load.draw, 0)).toBe(draw);
          expect(flows.draw === undefined).toBe(Object.keys(parts).length === 0);
          for (const load of Object.values(parts)) {
            expect(originTotal(load.origin)).toBe(load.draw);
            for (const key of originKeys)
              expect(Number.isInteger(load.origin[key]) && load.origin[key] >= 0).toBe(true);
          }
        }
      }),
    );
  });
});
