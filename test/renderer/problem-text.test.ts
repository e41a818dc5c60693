import { expect, test } from 'vitest';
import { ControlSettings, type Boost, type Wish } from '#shared/control.ts';
import type { Problem } from '#shared/contract/done.ts';
import { boostProblems } from '#engine/boost.ts';
import { contradictions } from '#engine/control/validate.ts';
import { fixtureSite } from '../support/fixture/site.ts';
import en from '../../renderer/i18n/en.json' with { type: 'json' };

const texts: Record<string, string> = en.problem;
const NOW_MS = 1_000_000;
const blind = { gridMeter: false, batteryMeter: false, productionMeter: false };
const battery = { capacityWh: 5000, maxChargeW: 2000, maxDischargeW: 2000, floorPercent: 60, targetPercent: 40 };

function settingProblems(change: object): Problem[] {
  return contradictions(ControlSettings.parse(change), [], blind);
}

function boostProblem(change: Partial<Boost>, wish: Partial<Wish> = {}, control: object = {}): Problem[] {
  const site = fixtureSite();
  const boost = { untilMs: NOW_MS + 3_600_000, importW: 500, ...change };
  const wished: Wish = { mode: 'surplus', stopped: false, commissioned: true, engineStopping: false, ...wish };
  return boostProblems(
    boost,
    { ...site, control: ControlSettings.parse({ ...site.control, ...control }) },
    wished,
    NOW_MS,
  );
}

const all = [
  ...settingProblems({ battery, exportLimitW: 100, importLimitW: 100, probe: { perProbeWh: 9, perHourWh: 3 } }),
  ...settingProblems({ connection: 'off-grid', exportLimitW: 100, importLimitW: 100 }),
  ...settingProblems({ demandBoundW: 500 }),
  ...boostProblem({ untilMs: NOW_MS + 90_000_000, loadId: 'gone' }, { stopped: true, commissioned: false }),
  ...boostProblem({ batteryToPercent: 5 }),
  ...boostProblem({ batteryToPercent: 5 }, {}, { battery: undefined, connection: 'off-grid', exportLimitW: undefined }),
  ...boostProblem({ importW: 0 }),
];

test('every refusal that an owner can meet in Strategy has words of its own', () => {
  expect(all.filter(({ code }) => code === undefined)).toEqual([]);
  const codes = new Set(all.map(({ code }) => code!));
  expect(codes.size).toBe(18);
  for (const { code, values = {} } of all) {
    const gaps = [...(texts[code!] ?? 'no such text').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
    expect([code, texts[code!] !== undefined, gaps.toSorted()]).toEqual([code, true, Object.keys(values).toSorted()]);
  }
});
