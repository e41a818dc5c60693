import { describe, expect, it } from 'vitest';
import { createMarket, type MarketStore } from '#engine/market/market.ts';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { pricesAt } from '#engine/accounting/tariff.ts';
import { MarketSettings, MarketView, Tariff } from '#shared/market.ts';
import { site } from '../support/ledger-ticks.ts';

function memoryStore(): MarketStore {
  const values = new Map<string, unknown>();
  return {
    read: (key, schema) => {
      const parsed = schema.safeParse(values.get(key));
      return parsed.success ? parsed.data : undefined;
    },
    write: (key, value) => void values.set(key, value),
  };
}

const at = bundledSnapshot.atMs + 3_600_000;
const flat = { importPerKwh: 0.3, exportPerKwh: 0.08 };

describe('createMarket', () => {
  it('works from the bundled snapshot, marked as such', () => {
    const market = createMarket(site({ tariff: flat }), memoryStore());
    // miners.md section 4: 50.6 sats per TH and day at this difficulty and reward.
    expect((market.now(at).satsPerThHour ?? 0) * 24).toBeCloseTo(50.57, 1);
    expect(market.now(at)).toMatchObject({ ...flat, batteryPerKwh: 0.3, pricePerSat: 0.00092, fresh: true });
    expect(MarketView.parse(market.view(at))).toMatchObject({ bundled: true, old: false, ageMs: 3_600_000 });
  });

  it('no longer reckons with values that are too old, unless the site is simulated', () => {
    const later = at + 30 * 86_400_000;
    expect(createMarket(site(), memoryStore()).now(later).fresh).toBe(false);
    expect(createMarket(site({ simulated: true }), memoryStore()).now(later).fresh).toBe(true);
  });

  it('knows no price in a currency that nobody quotes', () => {
    const now = createMarket(site({ currency: 'XAU' }), memoryStore()).now(at);
    expect(now.pricePerSat).toBeUndefined();
    expect(now.fresh).toBe(false);
  });

  it('keeps what it learned over a restart and refuses older data', () => {
    const store = memoryStore();
    const market = createMarket(site(), store);
    market.learn({ ...bundledSnapshot, atMs: at, source: 'node', height: 952_100 });
    market.learn({ ...bundledSnapshot, atMs: at - 1, source: 'yesterday', height: 1 });
    expect(createMarket(site(), store).view(at)).toMatchObject({ bundled: false, snapshot: { source: 'node' } });
  });

  it('takes day-ahead prices, negative ones too, and guesses none', () => {
    const market = createMarket(site({ tariff: flat }), memoryStore());
    market.changeSettings(MarketSettings.parse({ dayAhead: { exportPlus: 0 } }));
    expect(market.now(at).exportPerKwh).toBeUndefined();
    market.learnPrices([{ startMs: at, endMs: at + 900_000, perKwh: -0.05 }]);
    expect(market.now(at)).toMatchObject({ exportPerKwh: -0.05, importPerKwh: 0.3 });
    expect(market.now(at + 900_000).exportPerKwh).toBeUndefined();
  });
});

describe('pricesAt', () => {
  const tariff = Tariff.parse({
    importPerKwh: 0.3,
    timeOfUse: [
      { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00', importPerKwh: 0.2 },
      { days: [7], from: '02:00', to: '03:00', importPerKwh: 0.1 },
    ],
  });
  const price = (iso: string) => pricesAt(tariff, Date.parse(iso), 'Europe/Berlin').importPerKwh;

  it('follows the clock on the wall over midnight', () => {
    expect(price('2026-06-01T21:59:00+02:00')).toBe(0.3);
    expect(price('2026-06-01T22:00:00+02:00')).toBe(0.2);
    // Saturday morning still belongs to Friday's night.
    expect(price('2026-06-06T05:59:00+02:00')).toBe(0.2);
    expect(price('2026-06-06T22:30:00+02:00')).toBe(0.3);
  });

  it('has the doubled hour twice in autumn and the missing one never in spring', () => {
    expect(price('2026-10-25T02:30:00+02:00')).toBe(0.1);
    expect(price('2026-10-25T02:30:00+01:00')).toBe(0.1);
    expect(price('2026-03-29T01:59:00+01:00')).toBe(0.3);
    expect(price('2026-03-29T03:00:00+02:00')).toBe(0.3);
  });
});
