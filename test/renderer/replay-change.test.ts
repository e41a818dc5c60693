import { describe, expect, test } from 'vitest';
import { ReplayChange, type CatalogueLoad } from '#shared/contract/planner.ts';
import type { PlanBattery } from '#shared/plan.ts';
import { catalogue } from '#engine/planner/catalogue.ts';
import { changeOf, NO_WISHES, problemOf } from '../../renderer/views/planner/replay-change.ts';

const known = catalogue.map(({ id, name, load, source }): CatalogueLoad => ({ id, name, load, source }));
const had: PlanBattery = {
  capacityWh: 10_000,
  maxChargeW: 4000,
  maxDischargeW: 5000,
  efficiencyPercent: 95,
  floorPercent: 15,
  targetPercent: 90,
  startPercent: 50,
  price: 0,
  cycles: 6000,
  replacementPerKwh: 350,
};

describe('what an owner would like to have had', () => {
  test('nothing typed changes nothing', () => {
    expect(changeOf(NO_WISHES, { battery: had }, known)).toEqual({});
    expect(problemOf(NO_WISHES)).toBeUndefined();
  });

  test('a battery of another size keeps its floor and target, and grows in power', () => {
    const { battery } = changeOf({ ...NO_WISHES, batteryKwh: '12.5' }, { battery: had }, known);
    expect(battery).toEqual({ ...had, capacityWh: 12_500, maxChargeW: 5000, maxDischargeW: 6250 });
  });

  test('a first battery is a usual one, none is none, and both are what the engine takes', () => {
    const first = ReplayChange.parse(changeOf({ ...NO_WISHES, batteryKwh: '12' }, {}, known));
    expect(first.battery).toMatchObject({ capacityWh: 12_000, maxChargeW: 6000, floorPercent: 10 });
    expect(ReplayChange.parse(changeOf({ ...NO_WISHES, batteryKwh: '0' }, { battery: had }, known))).toMatchObject({
      withoutBattery: true,
    });
  });

  test('a second miner, a floor of 40 %', () => {
    const loadId = known[0]!.id;
    const change = changeOf({ ...NO_WISHES, loadId, count: '2', floorPercent: '40' }, { battery: had }, known);
    expect(ReplayChange.parse(change)).toMatchObject({
      floorPercent: 40,
      addLoads: [{ count: 2, model: { name: known[0]!.load.model.name } }],
    });
  });

  test.each([
    ['batteryKwh', '-1'],
    ['batteryKwh', 'twelve'],
    ['floorPercent', '101'],
    ['count', '1.5'],
    ['count', '0'],
    ['count', ''],
  ] as const)('%s of "%s" is named', (field, text) => {
    expect(problemOf({ ...NO_WISHES, [field]: text })).toBe(field);
  });
});
