// node test/bench/control/traces/generate.ts: makes this folder's days anew, always the same ones.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { seededRandom, seedOf } from '../random.ts';
import { demandDay, windDay, pvDay, type Household, type Sky } from './weather.ts';

const STEP_S = 10;
/** Keeps the files small. */
const ROUND_W = 5;

interface Day {
  id: string;
  note: string;
  household: Household;
  source: { kind: 'pv'; sky: Sky } | { kind: 'wind'; ratedW: number; meanMps: number };
}

const DAYS: readonly Day[] = [
  {
    id: 'own-broken',
    note: 'cumulus over a 5 kW plant: clear gaps of minutes, hard edges',
    household: { baseW: 180, kettles: 6, cooking: 2 },
    source: { kind: 'pv', sky: { peakW: 5000, dayOfYear: 150, cloudy: 0.5, cloudS: 150, depth: 0.72, haze: 0.04 } },
  },
  {
    id: 'own-clear',
    note: 'clear summer day, 4.5 kW plant',
    household: { baseW: 220, kettles: 4, cooking: 1 },
    source: { kind: 'pv', sky: { peakW: 4500, dayOfYear: 175, cloudy: 0.01, cloudS: 120, depth: 0.3, haze: 0.01 } },
  },
  {
    id: 'own-kettles',
    note: 'fair sky, restless household',
    household: { baseW: 300, kettles: 22, cooking: 4 },
    source: { kind: 'pv', sky: { peakW: 4800, dayOfYear: 120, cloudy: 0.12, cloudS: 240, depth: 0.6, haze: 0.02 } },
  },
  {
    id: 'own-dull',
    note: 'overcast that opens in places, 7 kW plant',
    household: { baseW: 200, kettles: 5, cooking: 2 },
    source: { kind: 'pv', sky: { peakW: 7000, dayOfYear: 100, cloudy: 0.85, cloudS: 700, depth: 0.68, haze: 0.1 } },
  },
  {
    id: 'own-fast',
    note: 'small fast clouds, 4 kW plant',
    household: { baseW: 150, kettles: 5, cooking: 2 },
    source: { kind: 'pv', sky: { peakW: 4200, dayOfYear: 200, cloudy: 0.35, cloudS: 45, depth: 0.65, haze: 0.05 } },
  },
  {
    id: 'own-wind',
    note: 'gusty day at a 4 kW turbine',
    household: { baseW: 250, kettles: 5, cooking: 2 },
    source: { kind: 'wind', ratedW: 4000, meanMps: 7.5 },
  },
];

const rounded = (watts: number): number => Math.round(watts / ROUND_W) * ROUND_W;
const here = fileURLToPath(new URL('.', import.meta.url));
const index = DAYS.map(({ id, note, household, source }) => {
  const random = seededRandom(seedOf(id));
  const production = source.kind === 'pv' ? pvDay(source.sky, STEP_S, random) : windDay(source, STEP_S, random);
  const demand = demandDay(household, STEP_S, random);
  const rows = production.map((watts, row) => `${row * STEP_S},${rounded(watts)},${rounded(demand[row] ?? 0)}`);
  const file = `${id}.csv.gz`;
  writeFileSync(`${here}${file}`, gzipSync(`t_s,production_w,demand_w\n${rows.join('\n')}\n`, { level: 9 }));
  const kwh = (watts: readonly number[]) =>
    Math.round(watts.reduce((sum, value) => sum + value, 0) * STEP_S * (1 / 36_000)) / 100;
  return {
    id,
    kind: source.kind,
    file,
    stepSeconds: STEP_S,
    productionKwh: kwh(production),
    demandKwh: kwh(demand),
    note,
  };
});
writeFileSync(`${here}traces.json`, `${JSON.stringify(index, undefined, 2)}\n`);
