import { Plan } from '#shared/plan.ts';
import type { PlanSource } from '#shared/plan.ts';
import { LoadModel } from '#shared/control.ts';

export interface Problem {
  field: string;
  message: string;
}
export type Checked = { outcome: 'ok'; plan: Plan } | { outcome: 'refused'; problems: Problem[] };

/** Reads a plan as an owner gives it; every problem names its field, and with one nothing is worked out. */
export function checkPlan(raw: unknown): Checked {
  const parsed = Plan.safeParse(raw);
  if (!parsed.success)
    return {
      outcome: 'refused',
      problems: parsed.error.issues.map(({ path, message, ...issue }) => ({
        field: [...path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.'),
        message,
      })),
    };
  const problems = contradictions(parsed.data);
  return problems.length > 0 ? { outcome: 'refused', problems } : { outcome: 'ok', plan: parsed.data };
}

function contradictions(plan: Plan): Problem[] {
  const found: Problem[] = [];
  const wrong = (field: string, message: string) => void found.push({ field, message });
  plan.sources.forEach((source, i) => checkSource(source, (field, message) => wrong(`sources.${i}.${field}`, message)));
  const { battery, grid, demand, loads, sources } = plan;
  if (battery && battery.floorPercent >= battery.targetPercent)
    wrong('battery.targetPercent', 'must be above the floor, or the battery is never charged');
  if (battery && battery.startPercent < battery.floorPercent)
    wrong('battery.startPercent', 'must not be below the floor');
  if (grid.connection === 'off-grid' && grid.exportLimitW !== undefined)
    wrong('grid.exportLimitW', 'there is no grid to export to; leave it out off-grid');
  if (grid.connection === 'off-grid' && sources.some(({ kind }) => kind === 'contracted'))
    wrong('grid.connection', 'a contracted supply comes over the grid');
  const { tariff } = plan;
  if (grid.connection === 'grid' && tariff.importPerKwh === undefined)
    wrong('tariff.importPerKwh', 'say what a bought kWh costs; without it no money can be worked out');
  if (grid.connection === 'grid' && grid.exportLimitW !== 0 && tariff.exportPerKwh === undefined)
    wrong('tariff.exportPerKwh', 'say what an exported kWh brings, 0 where nothing is paid');
  if (battery && tariff.importPerKwh === undefined && tariff.batteryPerKwh === undefined)
    wrong('tariff.batteryPerKwh', 'say what a stored kWh saves later');
  if (demand.kind === 'ledger' && demand.toMs <= demand.fromMs) wrong('demand.toMs', 'must be after the beginning');
  loads.forEach((load, i) => {
    const { levels, curve } = load.model;
    if (!LoadModel.safeParse(load.model).success) wrong(`loads.${i}.model`, 'is no load');
    if (levels.kind === 'range' && levels.minW > levels.maxW)
      wrong(`loads.${i}.model.levels.minW`, 'must not be above the highest power');
    if (levels.kind === 'steps' && !ascends(levels.watts)) wrong(`loads.${i}.model.levels.watts`, 'must ascend');
    if (!ascends(curve.map(({ drawW }) => drawW))) wrong(`loads.${i}.model.curve`, 'must ascend by its watts');
    if (load.model.kind === 'miner' && curve.length === 0)
      wrong(`loads.${i}.model.curve`, 'needs at least one point of watts and TH/s: a miner without one earns nothing');
    if (load.model.kind !== 'miner' && load.model.valuePerKwh === undefined)
      wrong(`loads.${i}.model.valuePerKwh`, 'say what a kWh is worth in this load');
  });
  return found;
}

const ascends = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > (values[i - 1] as number));

function checkSource(source: PlanSource, wrong: (field: string, message: string) => void): void {
  if (source.kind === 'wind') {
    if (source.cutInMps >= source.ratedMps) wrong('cutInMps', 'must be below the rated wind');
    if (source.cutInMps >= source.cutOutMps) wrong('cutInMps', 'must be below the cut-out');
    if (source.ratedMps > source.cutOutMps) wrong('ratedMps', 'must not be above the cut-out');
    if (source.curve && !ascends(source.curve.map(({ mps }) => mps))) wrong('curve', 'must ascend by its wind speeds');
  } else if (source.kind === 'flare') {
    if (source.ownUseW >= source.ratedW) wrong('ownUseW', 'must be below what the engine makes');
  } else if (source.kind === 'geothermal') {
    if (source.ownUseW >= source.ratedW) wrong('ownUseW', 'must be below what the plant makes');
  } else if (source.kind === 'contracted') {
    source.idle.forEach((window, i) => {
      if (window.from === window.to) wrong(`idle.${i}.to`, 'the window is empty: it ends when it begins');
    });
  }
}
