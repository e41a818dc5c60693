import { describe, expect, test } from 'vitest';
import { advancePlant, createPlant, type Flows } from '../bench/control/plant.ts';
import { seededRandom } from '../bench/control/random.ts';
import { SITE_IDS, siteFor } from '../bench/control/sites.ts';
import { traceOf } from './support.ts';

const trace = traceOf(10, () => 5000);

describe.each(SITE_IDS)('on %s', (id) => {
  test('energy is conserved every second and every flow keeps its limits', () => {
    const random = seededRandom(7);
    const site = siteFor(id, trace);
    const plant = createPlant(site);
    let drawW = 0;
    let demandW = 300;
    let potentialW = 2500;
    for (let t = 0; t < 20_000; t++) {
      if (random() < 0.02) drawW = random() < 0.4 ? 0 : 3000 * random();
      if (random() < 0.02) demandW = 200 + (random() < 0.2 ? 6000 * random() : 300 * random());
      potentialW = Math.max(0, Math.min(9000, potentialW + 300 * (random() - 0.5)));
      const storedBeforeWh = plant.storedWh;
      const flows = advancePlant(plant, potentialW, demandW, drawW);
      expect(inW(flows) - outW(flows, drawW)).toBeCloseTo(0, 6);
      const storedW = (plant.storedWh - storedBeforeWh) * 3600;
      expect(storedW).toBeCloseTo(0.95 * flows.chargeW - flows.dischargeW / 0.95, 5);
      expect(flows.productionW).toBeLessThanOrEqual(potentialW + 1e-9);
      expect(Math.min(flows.importW, flows.exportW)).toBe(0);
      expect(Math.min(flows.chargeW, flows.dischargeW)).toBe(0);
      for (const watts of Object.values(flows) as number[]) expect(watts).toBeGreaterThanOrEqual(0);
      if (site.battery === undefined) continue;
      expect(Math.max(flows.chargeW, flows.dischargeW)).toBeLessThanOrEqual(5000);
      expect(flows.socPercent).toBeGreaterThanOrEqual(10 - 1e-9);
      expect(flows.socPercent).toBeLessThanOrEqual(100 + 1e-9);
    }
  });
});

const inW = (flows: Flows) => flows.productionW + flows.importW + flows.dischargeW;
const outW = (flows: Flows, drawW: number) =>
  flows.demandW - flows.unservedDemandW + drawW - flows.unservedDrawW + flows.exportW + flows.chargeW;

test('free export: all potential is made and what is left is exported', () => {
  const flows = advancePlant(createPlant(siteFor('S1', trace)), 3000, 500, 1000);
  expect(flows).toMatchObject({ productionW: 3000, exportW: 1500, importW: 0 });
});

test('zero export: production follows a new draw with a response of 3 s, the grid helps out meanwhile', () => {
  const plant = createPlant(siteFor('S2', trace));
  for (let t = 0; t < 60; t++) advancePlant(plant, 4000, 500, 0);
  expect(plant.flows.productionW).toBeCloseTo(500, 3);
  const imports = [1, 2, 3].map(() => advancePlant(plant, 4000, 500, 1000).importW);
  expect(imports.map((watts) => Math.round(watts))).toEqual([717, 513, 368]);
  for (let t = 0; t < 30; t++) advancePlant(plant, 4000, 500, 1000);
  expect(plant.flows).toMatchObject({ productionW: expect.closeTo(1500, 0), importW: expect.closeTo(0, 0) });
});

test('an export cap holds the plant to demand, draw and cap', () => {
  const plant = createPlant(siteFor('S3', trace));
  for (let t = 0; t < 60; t++) advancePlant(plant, 5000, 400, 600);
  expect(plant.flows.exportW).toBeCloseTo(3000, 3);
  expect(plant.flows.productionW).toBeCloseTo(4000, 3);
});

test('a full battery leaves the plant held back; a load then lifts it', () => {
  const plant = createPlant(siteFor('S4', trace));
  plant.storedWh = 10_000;
  for (let t = 0; t < 60; t++) advancePlant(plant, 4000, 300, 0);
  expect(plant.flows).toMatchObject({ productionW: expect.closeTo(300, 0), exportW: expect.closeTo(0, 3) });
  for (let t = 0; t < 60; t++) advancePlant(plant, 4000, 300, 1000);
  expect(plant.flows.productionW).toBeCloseTo(1300, 0);
  expect(plant.flows.importW).toBe(0);
});

test('off-grid, what production and battery cannot cover is unserved, demand first', () => {
  const plant = createPlant(siteFor('S5', trace));
  for (let t = 0; t < 30; t++) advancePlant(plant, 1000, 500, 500);
  const flows = advancePlant(plant, 1000, 500, 6000);
  expect(flows.dischargeW).toBe(5000);
  expect(flows.unservedDemandW).toBe(500);
  expect(flows.unservedDrawW).toBe(0);
  expect(flows.importW).toBe(0);
});
