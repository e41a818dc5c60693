import { expect, test } from 'vitest';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { checkPlan } from '#engine/planner/check.ts';
import { stories } from '#engine/planner/stories/all.ts';
import type { StoryId } from '#shared/plan.ts';

const all = stories(bundledSnapshot);
const plan = (id: StoryId): Record<string, unknown> => structuredClone(all.find((story) => story.id === id)!.plan);

function put(target: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let at = target;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return target;
}

test.each([
  ['remote-hydro', 'sources.0.flowM3s.3', -0.1, 'sources.0.flowM3s.3'],
  ['remote-hydro', 'sources.0.headM', 0, 'sources.0.headM'],
  ['surplus-off-peak-wind', 'sources.0.cutInMps', 26, 'sources.0.cutInMps'],
  ['surplus-off-peak-wind', 'sources.0.cutInMps', 12, 'sources.0.cutInMps'],
  ['surplus-off-peak-wind', 'sources.0.csv', 'time,mps\n2026-01-01T00:00Z,4', ''],
  ['idle-industry', 'sources.0.idle', [], 'sources.0.idle'],
  ['idle-industry', 'sources.0.idle.0.to', '22:00', 'sources.0.idle.0.to'],
  ['idle-industry', 'grid.connection', 'off-grid', 'grid.connection'],
  ['stranded-gas', 'sources.0.minimumPercent', 101, 'sources.0.minimumPercent'],
  ['stranded-gas', 'sources.0.ownUseW', 250_000, 'sources.0.ownUseW'],
  ['surplus-off-peak-solar', 'sources.0.tilt', 91, 'sources.0.tilt'],
  ['surplus-off-peak-solar', 'sources', [], 'sources'],
  ['surplus-off-peak-solar', 'timeZone', 'Europe/Atlantis', 'timeZone'],
  ['surplus-off-peak-solar', 'battery.targetPercent', 5, 'battery.targetPercent'],
  ['surplus-off-peak-solar', 'loads.0.model.levels.minW', 4000, 'loads.0.model.levels.minW'],
  ['surplus-off-peak-solar', 'tariff.importPerKwh', undefined, 'tariff.importPerKwh'],
  ['surplus-off-peak-solar', 'economics.pricePerBitcoin', -1, 'economics.pricePerBitcoin'],
  ['surplus-off-peak-solar', 'colour', 'red', 'colour'],
] as const)('%s with a bad %s: the field is named and nothing is computed', (id, path, value, field) => {
  const checked = checkPlan(put(plan(id), path, value));
  if (field === '') return expect(checked.outcome).toBe('ok');
  expect(checked.outcome === 'refused' && checked.problems.map((problem) => problem.field)).toContain(field);
});
