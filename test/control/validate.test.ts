import { describe, expect, it } from 'vitest';
import { contradictions } from '#engine/control/validate.ts';
import type { LoadModel } from '#shared/control.ts';
import { asic, settings } from './site.ts';

const METERS = { gridMeter: true, batteryMeter: true, productionMeter: true };
const battery = { capacityWh: 5000, maxChargeW: 3000, maxDischargeW: 3000 };
const range = (minW: number, maxW: number, stepW = 1): LoadModel['levels'] => ({ kind: 'range', minW, maxW, stepW });

describe('contradictions', () => {
  it('finds none on a sound site', () => {
    expect(contradictions(settings({ battery, exportLimitW: 0 }), [asic()], METERS)).toEqual([]);
  });

  it.each<[string, Parameters<typeof contradictions>]>([
    ['battery.floorPercent', [settings({ battery: { ...battery, floorPercent: 60, targetPercent: 50 } }), [], METERS]],
    ['battery', [settings({ battery }), [], { ...METERS, batteryMeter: false }]],
    ['exportLimitW', [settings({ exportLimitW: 0, demandBoundW: 500 }), [], { ...METERS, gridMeter: false }]],
    ['importLimitW', [settings({ importLimitW: 5000, demandBoundW: 500 }), [], { ...METERS, gridMeter: false }]],
    ['demandBoundW', [settings(), [], { ...METERS, gridMeter: false }]],
    ['exportLimitW', [settings({ connection: 'off-grid', exportLimitW: 500, battery }), [], METERS]],
    ['probe.perProbeWh', [settings({ probe: { perProbeWh: 50, perHourWh: 30 } }), [], METERS]],
    ['timeZone', [settings({ timeZone: 'Mars/Base' }), [], METERS]],
    ['loads.asic.levels.minW', [settings(), [asic({ levels: range(3000, 900) })], METERS]],
    ['loads.asic.levels.stepW', [settings(), [asic({ levels: range(900, 1000, 500) })], METERS]],
    ['loads.asic.levels.watts', [settings(), [asic({ levels: { kind: 'steps', watts: [800, 500] } })], METERS]],
    ['loads.asic.standbyW', [settings(), [asic({ standbyW: 1000 })], METERS]],
    ['loads.asic.startW', [settings(), [asic({ startW: 4000 })], METERS]],
    ['loads.asic.writesPerDay', [settings(), [asic({ writesPerDay: 10 })], METERS]],
    ['loads.asic.sharesWith', [settings(), [asic({ sharesWith: 'gone' })], METERS]],
    ['loads.asic.id', [settings(), [asic(), asic()], METERS]],
  ])('names %s', (field, given) => {
    const found = contradictions(...given);
    expect(found.map((one) => one.field)).toContain(field);
    expect(found.every(({ message }) => message.length > 20 && message.endsWith('.'))).toBe(true);
  });
});
