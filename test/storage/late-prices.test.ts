import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MarketNow } from '#shared/control.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { silentLog } from '#engine/system/log.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { market, site, tick } from '../support/ledger-ticks.ts';

const START = Date.UTC(2026, 5, 1, 10);
const HOUR = 3_600_000;
const DAY = { fromMs: START, toMs: START + 24 * HOUR };
let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'late-'))));
afterEach(() => rmSync(dir, { recursive: true }));

/** An hour of 1.2 kW that would have been exported, under these prices. */
function hourOf(known: MarketNow): Ledger {
  const opened = openLedger({ dir, site: site(), clock: manualClock(START), log: silentLog });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  const { ledger } = opened;
  const powers = { production: 3600, import: 0, export: 1200, draws: { asic: 1200 }, hashrates: { asic: 60 } };
  for (let s = 0; s <= 3600; s += 10) ledger.tick(tick(START + s * 1000, powers, { market: known }));
  return ledger;
}
const { exportPerKwh: _, ...withoutExport } = market;
const { pricePerSat: __, ...withoutBitcoin } = market;
const sums = (ledger: Ledger) =>
  (['slot', 'hour', 'day', 'month'] as const).map((resolution) => ledger.report({ ...DAY, resolution }).sum);
const whole = { startMs: START, endMs: START + HOUR };

describe('prices that arrive late', () => {
  it('fill what slots lack, at every level, and say so', async () => {
    const ledger = hourOf(withoutExport);
    expect(sums(ledger)[2]?.earnings.earningsMicro).toBeUndefined();
    expect(await ledger.fillPrices([{ ...whole, exportPerKwh: 0.08 }])).toBe(12);
    // 120 sats × 0.001 = 0.12 mined; 1.2 kWh × 0.08 = 0.096 forgone; 0.024 earned.
    for (const { earnings } of sums(ledger))
      expect(earnings).toMatchObject({ forgoneExportMicro: 96_000, earningsMicro: 24_000, latePrice: true });
    // Once: another price of the same hour changes nothing.
    expect(await ledger.fillPrices([{ ...whole, exportPerKwh: 0.5 }])).toBe(0);
    expect(sums(ledger)[0]?.earnings.earningsMicro).toBe(24_000);
    ledger.close();
  });

  it('turn an export that would have cost money into one avoided', async () => {
    const ledger = hourOf(withoutExport);
    await ledger.fillPrices([{ ...whole, exportPerKwh: -0.05 }]);
    // 1.2 kWh × 0.05 = 0.06 saved, 0.12 mined: 0.18.
    for (const { earnings, origin, flows } of sums(ledger)) {
      expect(earnings).toMatchObject({ forgoneExportMicro: 0, paidExportAvoidedMicro: 60_000, earningsMicro: 180_000 });
      expect(origin).toMatchObject({ forgoneExport: 0, avoidedPaidExport: flows.draw });
    }
    ledger.close();
  });

  it('value the bitcoin of a time, and leave alone what was priced', async () => {
    const ledger = hourOf(withoutBitcoin);
    expect(await ledger.fillPrices([{ ...whole, pricePerSat: 0.002, exportPerKwh: 9 }])).toBe(12);
    expect(sums(ledger)[0]?.earnings).toMatchObject({ minedMicro: 240_000, forgoneExportMicro: 96_000 });
    const half = { startMs: START + HOUR / 2, endMs: START + HOUR };
    expect(await ledger.fillPrices([{ ...half, pricePerSat: 1 }])).toBe(0);
    ledger.close();
  });

  it('fill only their own time', async () => {
    const ledger = hourOf(withoutExport);
    await ledger.fillPrices([{ startMs: START, endMs: START + HOUR / 4, exportPerKwh: 0.08 }]);
    const { rows } = ledger.report({ ...DAY, resolution: 'slot' });
    expect(rows.filter(({ earnings }) => earnings.latePrice)).toHaveLength(3);
    expect(sums(ledger)[1]?.earnings.forgoneExportMicro).toBeUndefined();
    ledger.close();
  });
});
