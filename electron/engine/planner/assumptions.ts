import type { Assumption } from '#shared/contract/planner.ts';
import type { MarketSnapshot } from '#shared/market.ts';
import type { Plan } from '#shared/plan.ts';
import { catalogue } from './catalogue.ts';
import { ASSUMED, type Sources } from './stories/common.ts';

/** Unit by how a field's name ends; the first that fits. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/PerKwh$/, 'currency/kWh'],
  [/kwhPerYear$/, 'kWh'],
  [/kwhPerM3$/, 'kWh/m³'],
  [/co2KgPerM3$/, 'kg/m³'],
  [/PerYear$/, 'currency'],
  [/PerHour$|gasM3PerHour$/, 'm³/h'],
  [/(percentPerC)$/, '%/°C'],
  [/(ercent)$/, '%'],
  [/WperS$|Wps$/, 'W/s'],
  [/Wh$/, 'Wh'],
  [/W$|watts$/, 'W'],
  [/M3s$/, 'm³/s'],
  [/Mps$/, 'm/s'],
  [/airC$|C$/, '°C'],
  [/headM$/, 'm'],
  [/Months$/, 'months'],
  [/[yY]ears$/, 'years'],
  [/[a-z]S$/, 's'],
  [/(tilt|azimuth|latitude|longitude|horizon)$/, '°'],
  [/(price|priceEach|otherCapital|pricePerBitcoin)$/, 'currency'],
  [/feesPerBlockSat$/, 'sat'],
];

/** Its own limits; the schema's hold besides. */
const RANGES: readonly (readonly [RegExp, number, number])[] = [
  [/ercent$/, 0, 100],
  [/tilt$/, 0, 90],
  [/azimuth$/, 0, 360],
  [/latitude$/, -90, 90],
  [/longitude$/, -180, 180],
  [/clearness$/, 0.05, 0.85],
  [/weibullShape$/, 1, 6],
  [/nightShare$/, -0.8, 0.8],
  [/percentPerC$/, 0, 2],
  [/failuresPerYear$/, 0, 1],
  [/paybackMonths$/, 1, 240],
  [/PerKwh$/, -10, 10],
];

const CHOICES: Record<string, readonly string[]> = {
  'grid.connection': ['grid', 'off-grid'],
  'demand.kind': ['none', 'profile', 'csv', 'ledger'],
  'demand.profile': ['home', 'farm', 'village', 'factory', 'flat'],
  'economics.price.kind': ['flat', 'drift', 'halving', 'own'],
  'economics.difficultyCourse.kind': ['flat', 'drift', 'halving', 'own'],
  'strategy.withoutMarket': ['lost-only', 'all-surplus'],
};

const GROUPS: Record<string, Assumption['group']> = {
  sources: 'source',
  battery: 'battery',
  grid: 'grid',
  demand: 'demand',
  loads: 'loads',
  tariff: 'tariff',
  economics: 'economics',
  strategy: 'strategy',
};
/** No assumptions: names, or texts that an owner brings. */
const SKIPPED = /(^version|^name|^story|^currency|\.id|\.name|\.catalogueId|\.csv|sources\.\d+\.kind)$/;

/** Every figure of a plan with its unit, range and source; what nobody vouches for is said to be assumed. */
export function assumptionsOf(plan: Plan, sources: Sources, market: MarketSnapshot): Assumption[] {
  const found: Assumption[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === undefined || SKIPPED.test(path)) return;
    if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return add(path, value);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
    else if (typeof value === 'number' || typeof value === 'string') add(path, value);
  };
  const add = (field: string, value: Assumption['value']) => {
    const range = RANGES.find(([name]) => name.test(field));
    found.push({
      field,
      group: GROUPS[field.split('.')[0] as string] ?? 'place',
      value,
      unit: typeof value === 'string' ? '' : (UNITS.find(([name]) => name.test(field))?.[1] ?? ''),
      ...(range && { min: range[1], max: range[2] }),
      ...(CHOICES[field] && { choices: [...CHOICES[field]] }),
      source: sourceOf(field, sources, market, plan),
    });
  };
  visit(plan, '');
  return found;
}

function sourceOf(field: string, sources: Sources, market: MarketSnapshot, plan: Plan): string {
  const said = sources.find(([path]) => field === path || field.startsWith(`${path}.`));
  if (said) return said[1];
  const [group, index] = field.split('.');
  if (group === 'loads')
    return catalogue.find(({ id }) => id === plan.loads[Number(index)]?.catalogueId)?.source ?? ASSUMED;
  if (/^economics\.(difficulty|height|feesPerBlockSat|pricePerBitcoin)$/.test(field)) return market.source;
  return GENERAL.find(([path]) => field === path || field.startsWith(path))?.[1] ?? ASSUMED;
}

/** Sources of what every plan has. */
const GENERAL: Sources = [
  [
    'economics.price.volatilityPercent',
    'assumed: of the order of the yearly volatility of bitcoin since 2020; no trend is assumed',
  ],
  ['economics.difficultyCourse', 'assumed: growth of the network'],
  ['economics.poolFeePercent', 'fees of FPPS pools in 2026: 1 to 4 %'],
  ['battery.cycles', 'guarantees of LiFePO4 home batteries: 6,000 cycles'],
  ['battery.replacementPerKwh', 'assumed'],
  ['battery.efficiencyPercent', 'HTW Berlin storage inspection: 90 % and more there and back'],
];
