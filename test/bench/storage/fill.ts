import type { Snapshot } from '#shared/control.ts';
import { MS_PER_HOUR } from '#shared/units.ts';
import { closeSlot, type Slot } from '#engine/accounting/close-slot.ts';
import { emptySlot, SLOT_MS } from '#engine/accounting/open-slot.ts';
import { ratesOf } from '#engine/accounting/rates.ts';
import { accumulate, slotState } from '#engine/accounting/slot.ts';
import { openDatabase } from '#engine/storage/database.ts';
import { minutes } from '#engine/storage/minutes.ts';
import { nameTable } from '#engine/storage/names.ts';
import { readings } from '#engine/storage/readings.ts';
import { rollups } from '#engine/storage/rollups.ts';
import { settingStore } from '#engine/storage/settings.ts';
import { slots } from '#engine/storage/slots.ts';
import { market, miner, tick, type Powers } from '../../support/ledger-ticks.ts';

export const loads = [miner('asic'), miner('bitaxe'), miner('shelf')];
const MINUTE_MS = 60_000;

/** Daylight with clouds and three loads; the same for the same moment. */
export function powersAt(atMs: number): Powers {
  const hour = (atMs / MS_PER_HOUR) % 24;
  const wobble = (Math.sin(atMs / 137_003) + Math.sin(atMs / 41_017)) / 4 + 0.5;
  const sun = Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI)) * (0.4 + 0.6 * wobble);
  const production = 6000 * sun;
  const demand = 250 + 600 * wobble;
  const surplus = Math.max(0, production - demand);
  const draws = {
    asic: surplus > 1200 ? Math.min(3000, surplus - 200) : 8.4,
    bitaxe: surplus > 200 ? 17.8 + wobble : 1.2,
    shelf: surplus > 400 ? 140.3 + 20 * wobble : 6.1,
  };
  const drawW = draws.asic + draws.bitaxe + draws.shelf;
  const net = production - demand - drawW;
  const charge = net > 0 ? net * 0.4 : 0;
  const discharge = net < 0 ? -net * 0.9 : 0;
  return {
    production,
    demand,
    charge,
    discharge,
    import: net < 0 ? -net * 0.1 : 0,
    export: net > 0 ? net * 0.6 : 0,
    soc: 50 + 40 * wobble,
    draws,
    hashrates: { asic: draws.asic / 16, bitaxe: 1.2, shelf: 9 },
    work: Object.fromEntries(
      Object.entries(draws).map(([id, drawW]) => [id, workAt(atMs, drawW > 10 ? SHARES_PER_HOUR : 0)]),
    ),
  };
}

/** A share each ten seconds or so, with the counter as it stands at that time of a day. */
const SHARES_PER_HOUR = 400;
const workAt = (atMs: number, perHour: number) => {
  const shares = Math.floor(((atMs % 86_400_000) / MS_PER_HOUR) * perHour);
  return { shares, difficulty: shares * 65_536 };
};

/** 30 readings: 18 of the site, 4 of each load. */
export function snapshotAt(atMs: number): Snapshot {
  const powers = powersAt(atMs);
  const timed = <T>(value: T) => ({ value, atMs: atMs - 400 });
  const base = tick(atMs, powers, { loads }).snapshot;
  return {
    ...base,
    potential: timed((powers.production ?? 0) * 1.02),
    gridVoltage: timed(231.4 + Math.sin(atMs / 9000)),
    gridFrequency: timed(50.01),
    exportLimit: timed(4200),
    roomTemperature: timed(24.5),
    importByPhase: timed([10.1, 20.2, 30.3]),
    exportByPhase: timed([1000.1, 1100.2, 1200.3]),
    loads: Object.fromEntries(
      loads.map(({ id }) => [
        id,
        { ...base.loads[id], temperature: timed(61.2), powerTarget: timed(powers.draws?.[id] ?? 0) },
      ]),
    ),
  };
}

function slotAt(startMs: number): Slot {
  const equipment = { production: true, grid: true, battery: true };
  const state = slotState(startMs, emptySlot(startMs));
  const ratesAt = (atMs: number) =>
    ratesOf(tick(atMs, powersAt(atMs), { loads, curtailedW: 120 }), equipment, state.bias);
  const first = accumulate(state, ratesAt(startMs), SLOT_MS).state;
  return closeSlot(accumulate(first, ratesAt(startMs + SLOT_MS - 1), SLOT_MS).state.open);
}

/** ACCOUNTING.md, Reports: ten years of slots, 13 months of minutes, two days of ticks with 30 readings. */
export function fillDatabase(file: string, endMs: number, basis: { timeZone: string; currency: string }): void {
  const opened = openDatabase(file);
  if (opened.outcome !== 'open') throw new Error(opened.message);
  const { db } = opened;
  const devices = nameTable(db, 'device');
  const series = nameTable(db, 'series');
  const slotTable = slots(db, devices);
  const minuteTable = minutes(db, series);
  const readingTable = readings(db, series);
  const chunked = (from: number, step: number, write: (atMs: number) => void) => {
    for (let atMs = from; atMs < endMs;) {
      db.transaction(() => {
        for (let i = 0; i < 20_000 && atMs < endMs; i += 1, atMs += step) write(atMs);
      });
    }
  };
  chunked(endMs - 1_051_200 * SLOT_MS, SLOT_MS, (atMs) => slotTable.add(slotAt(atMs), market, basis.currency));
  chunked(endMs - 395 * 24 * MS_PER_HOUR, MINUTE_MS, (atMs) => {
    const { draws = {}, production = 0, demand = 0, charge = 0, discharge = 0, soc = 0, ...grid } = powersAt(atMs);
    const { import: imported = 0, export: exported = 0 } = grid;
    const flows = { production, demand, charge, discharge, import: imported, export: exported };
    const all: Record<string, number> = { ...flows, soc, curtailed: 120 };
    for (const [id, draw] of Object.entries(draws)) all[`load:${id}`] = draw ?? 0;
    const figures = Object.entries(all).map(([key, mean]) => [key, { mean, min: mean * 0.93, max: mean * 1.06 }]);
    minuteTable.add({ startMs: atMs, series: Object.fromEntries(figures) });
  });
  chunked(endMs - 48 * MS_PER_HOUR, 1000, (atMs) => readingTable.add(atMs, snapshotAt(atMs)));
  db.transaction(() => {
    const full = { ...basis, base: 0 };
    for (const _ of rollups(db, full).rebuild());
    settingStore(db).write('basis', full);
  });
  db.close();
}
