import { describe, expect, it } from 'vitest';
import type { ModelWords } from '#engine/devices/sunspec-chain.ts';
import { sunspecReading } from '#engine/devices/sunspec-reading.ts';

const roles = ['production', 'battery', 'grid'] as const;
const read = (models: ModelWords[], manufacturer = 'Fronius') =>
  sunspecReading(models, { manufacturer }, { roles, meter: 1 });

/** A model with all points "not implemented" but those given. */
function model(id: number, length: number, points: Record<number, number>): ModelWords {
  const words = Array.from({ length: length + 2 }, () => 0xffff);
  words[0] = id;
  words[1] = length;
  for (const [at, word] of Object.entries(points)) words[Number(at)] = word & 0xffff;
  return { id, words };
}
const inverter = (acW: number, state = 4) => model(103, 50, { 14: acW, 15: 0, 38: state });
const storage = (points: Record<number, number> = {}) => model(124, 24, { 8: 5000, 22: -2, ...points });
const name = (text: string) =>
  Object.fromEntries(
    Array.from({ length: 4 }, (_, i) => [i, ((text.charCodeAt(2 * i) || 0) << 8) | (text.charCodeAt(2 * i + 1) || 0)]),
  );
function mppt(...modules: [name: string, watts: number][]): ModelWords {
  const points: Record<number, number> = { 4: 0, 8: modules.length };
  modules.forEach(([text, watts], i) => {
    const at = 10 + 20 * i;
    for (const [offset, word] of Object.entries(name(text))) points[at + 1 + Number(offset)] = word;
    points[at + 11] = watts;
  });
  return model(160, 8 + 20 * modules.length, points);
}

describe('a hybrid', () => {
  it('produces what its panels give, not its AC power', () => {
    const reading = read([
      inverter(500),
      storage(),
      mppt(['String 1', 1800], ['String 2', 900], ['StCha 3', 2100], ['StDisCha', 0]),
    ]);
    expect(reading).toMatchObject({ production: 2700, charge: 2100, discharge: 0, soc: 50 });
    expect(reading.productionTotal).toBeUndefined();
  });

  it('without a look at its panels takes the battery off the AC power, and knows nothing without the battery', () => {
    expect(read([inverter(3000), model(802, 62, { 11: 80, 47: 1000, 56: 0, 63: 0 })])).toMatchObject({
      production: 2000,
      discharge: 1000,
      soc: 80,
    });
    expect(read([inverter(3000), storage()]).production).toBeUndefined();
  });

  it('is a plain inverter while its storage model is empty', () => {
    expect(read([inverter(3000), model(124, 24, {})])).toMatchObject({ production: 3000 });
  });
});

describe('signs of curtailment', () => {
  it('throttled, and why, where model 701 tells it', () => {
    const der = (source: number) => model(701, 153, { 4: 4, 10: 800, 116: 0, 110: 20, 111: source >> 16, 112: source });
    expect(read([der(1 << 5)])).toMatchObject({ production: 800, curtailed: true, curtailmentCause: 'frequency' });
    expect(read([der(1 << 10)]).curtailmentCause).toBe('overvoltage');
    expect(read([der(1 << 14)]).curtailmentCause).toBe('temperature');
  });

  it('a limit that is on holds the plant only while power sits at it', () => {
    const limit = [model(121, 30, { 2: 5000, 22: 0 }), model(123, 24, { 5: 60, 9: 1, 23: 0 })];
    expect(read([inverter(2990), ...limit])).toMatchObject({
      productionLimit: 3000,
      curtailed: true,
      curtailmentCause: 'command',
    });
    expect(read([inverter(1500), ...limit])).toMatchObject({ productionLimit: 3000 });
    expect(read([inverter(1500), ...limit]).curtailed).toBeUndefined();
    expect(read([inverter(2990), model(123, 24, { 5: 60, 9: 0, 23: 0 })]).productionLimit).toBeUndefined();
  });

  it('the power it could make, and a full battery', () => {
    expect(read([inverter(900), model(122, 44, { 31: 4200, 32: 0 })]).potential).toBe(4200);
    expect(read([inverter(900), storage({ 11: 5 })]).batteryFull).toBe(true);
  });

  it('an OutBack charge controller tells by its stage', () => {
    const reading = read([model(64111, 23, { 5: 0, 7: 0, 12: 1, 13: 220, 20: 0, 21: 7 })], 'OUTBACK_POWER');
    expect(reading).toMatchObject({ production: 220, chargerStage: 'float', batteryFull: true, productionTotal: 7000 });
  });
});

describe('meters and markers', () => {
  const meter = model(203, 105, { 18: -700, 22: 0 });

  it('SolarEdge counts export as positive, the others import', () => {
    expect(read([meter], 'Fronius')).toMatchObject({ import: 0, export: 700 });
    expect(read([meter], 'SolarEdge ')).toMatchObject({ import: 700, export: 0 });
  });

  it('asleep means nothing is made; not implemented means unknown', () => {
    expect(read([model(103, 50, { 14: 0x8000, 15: 0, 38: 2 })]).production).toBe(0);
    expect(read([model(103, 50, { 14: 0x8000, 15: 0, 38: 4 })]).production).toBeUndefined();
    expect(read([model(103, 50, { 14: 700, 15: 0x8000, 38: 4 })]).production).toBeUndefined();
    expect(read([model(103, 50, { 14: 700, 15: 12, 38: 4 })]).production).toBeUndefined();
  });
});
