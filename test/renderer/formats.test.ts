import { expect, test } from 'vitest';
import { createFormats } from '../../renderer/i18n/formats.ts';

const en = createFormats({ locale: 'en-GB', timeZone: 'Europe/Berlin', currency: 'EUR' });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test.each([
  [0, '0 W'],
  [0.4, '0 W'],
  [-0.2, '0 W'],
  [999.4, '999 W'],
  [999.6, '1.00 kW'],
  [1234, '1.23 kW'],
  [9994, '9.99 kW'],
  [9996, '10.0 kW'],
  [12_340, '12.3 kW'],
  [99_960, '100 kW'],
  [999_400, '999 kW'],
  [999_600, '1.00 MW'],
  [2_345_678, '2.35 MW'],
])('power %d W is %s', (watts, expected) => expect(plain(en.power(watts))).toBe(expected));

test.each([
  [0, '0.00 kWh'],
  [1, '< 0.01 kWh'],
  [4999, '< 0.01 kWh'],
  [5000, '0.01 kWh'],
  [3_420_000, '3.42 kWh'],
  [9_996_000, '10.0 kWh'],
  [12_340_000, '12.3 kWh'],
  [999_960_000, '1,000 kWh'],
  [1_234_000_000, '1,234 kWh'],
  [9_999_400_000, '9,999 kWh'],
  [9_999_600_000, '10.0 MWh'],
  [12_345_000_000, '12.3 MWh'],
])('energy %d mWh is %s', (mwh, expected) => expect(plain(en.energy(mwh))).toBe(expected));

test.each([
  [0, '0.00 kWh'],
  [1, '< 0.01 kWh'],
  [20_000, '0.02 kWh'],
  [12_345_678, '12.35 kWh'],
])('the proof figure of %d mWh is %s', (mwh, expected) => expect(plain(en.energyExact(mwh))).toBe(expected));

test.each([
  [412_300, '412'],
  [39_870_000, '39,870'],
  [1_000_000, '1,000'],
])('%d msat are %s sats', (msat, expected) => expect(en.sats(msat)).toBe(expected));

test('money is in the currency style, per kWh with three decimals, and never minus zero', () => {
  expect(en.money(380_000)).toBe('€0.38');
  expect(en.money(-400_000)).toBe('-€0.40');
  expect(en.money(-1)).toBe('€0.00');
  expect(en.pricePerKwh(0.0794)).toBe('€0.079');
});

test('four digits are grouped in Spanish too', () => {
  const es = createFormats({ locale: 'es', timeZone: 'UTC', currency: 'EUR' });
  expect(es.sats(1_234_000)).toBe('1.234');
});

test('Arabic keeps Latin digits unless the owner asks, and carries no direction marks', () => {
  const latin = createFormats({ locale: 'ar-EG', timeZone: 'UTC', currency: 'EUR' });
  const arabic = createFormats({ locale: 'ar-EG', timeZone: 'UTC', currency: 'EUR', arabicDigits: true });
  expect(plain(latin.power(1234))).toBe('1.23 kW');
  expect(plain(arabic.power(1234))).toBe('١٫٢٣ kW');
  expect(latin.money(380_000)).not.toMatch(/[\u061c\u200e\u200f]/);
});

test('hidden amounts cover money and bitcoin only', () => {
  const hidden = createFormats({ locale: 'en', timeZone: 'UTC', currency: 'EUR', hideAmounts: true });
  expect([hidden.sats(1), hidden.money(1), hidden.pricePerKwh(1)]).toEqual(['•••', '•••', '•••']);
  expect(plain(hidden.power(1))).toBe('1 W');
});

test.each([
  [-5, '0:00'],
  [1, '0:01'],
  [80_000, '1:20'],
  [3_599_000, '59:59'],
  [3_600_000, '1:00:00'],
])('a countdown of %d ms is %s', (ms, expected) => expect(en.countdown(ms)).toBe(expected));

test('times are those of the site, and a day ends at 24:00', () => {
  const atMs = Date.parse('2026-06-01T11:50:00Z');
  expect(en.time(atMs)).toBe('13:50');
  expect(en.time(Date.parse('2026-06-01T22:00:00Z'), true)).toBe('24:00');
  const us = createFormats({ locale: 'en-US', timeZone: 'Europe/Berlin', currency: 'USD', hour12: true });
  expect(us.time(atMs).replaceAll('\u202f', ' ')).toBe('01:50 PM');
});
