import type { Row } from './run.ts';
import type { Figures } from './table.ts';

type Verdict = 'not run' | 'below' | 'at least' | 'goal';

interface Line {
  what: string;
  shown: string;
  verdict: Verdict;
}

const BASELINES = ['B1', 'B2', 'B3', 'B4'] as const;
/** Who draws more than this at the expense of the battery's charge does not play by the site's "battery first". */
const TAKEN_TOLERATED_PERCENT = 50;

/** The table of "at least" and "goal" at the end of CONTROL.md, and its conditions. */
export function checklist(figures: Figures, rows: readonly Row[]): Line[] {
  const own = (name: string) => figures[`spillway.${name}`];
  const most = (pair: string, kind: string, figure: 'startsPerDay' | 'writesPerDay') =>
    Math.max(
      ...rows
        .filter((row) => row.policy === 'spillway' && `${row.site}/${row.load}` === pair && row.kind === kind)
        .map((row) => row.figures[figure]),
    );
  const score = own('S1.L1.pv.strictScore');
  const oracle12 = figures['oracle12.S1.L1.pv.strictScore'];
  const worn = most('S1/L1', 'pv', 'startsPerDay') <= 12 && most('S1/L1', 'pv', 'writesPerDay') <= 900;
  const hidden = own('S2.L1.pv.hiddenCapturedPercent');
  const hiddenImport = own('S2.L1.pv.importPercent') ?? 0;
  const battery = own('S4.L1.pv.hiddenCapturedPercent');
  const crossings = own('S4.L1.pv.floorCrossings') ?? 0;
  const wind = own('S1.L1.wind.strictScore');
  const windWorn = most('S1/L1', 'wind', 'startsPerDay') <= 24;
  const lost = rows
    .filter((row) => row.policy === 'spillway' && row.site === 'S6')
    .map((row) => row.figures.lostMeterWh);
  return [
    line('S1/L1 pv strict score, starts ≤ 12, writes ≤ 900', score, ['≥ 76', '≥ 86 and ≥ 0.9 × oracle12'], (value) => [
      worn && value >= 76,
      worn && value >= 86 && value >= 0.9 * (oracle12 ?? 0),
    ]),
    line(
      'S1/L1 pv import %',
      own('S1.L1.pv.importPercent'),
      ['≤ 1.0', '≤ 0.4'],
      (value) => [value <= 1, value <= 0.4],
      2,
    ),
    line('S1/L3 pv strict score', own('S1.L3.pv.strictScore'), ['≥ 82', '≥ 92'], (value) => [value >= 82, value >= 92]),
    line(
      `S2/L1 pv hidden captured %, at import ${hiddenImport.toFixed(2)} %`,
      hidden,
      ['≥ 55 at ≤ 1.5', '≥ 75 at ≤ 1'],
      (value) => [value >= 55 && hiddenImport <= 1.5, value >= 75 && hiddenImport <= 1],
    ),
    line(`S4/L1 pv hidden captured %, floor crossings ${crossings}`, battery, ['≥ 75', '≥ 88'], (value) => [
      value >= 75 && crossings === 0,
      value >= 88 && crossings === 0,
    ]),
    line(
      'S6 Wh from the grid while the meter is lost, worst day',
      lost.length === 0 ? undefined : Math.max(...lost),
      ['≤ 50', '≤ 20'],
      (value) => [value <= 50, value <= 20],
    ),
    line('S1/L1 wind strict score, starts ≤ 24', wind, ['≥ 5', '≥ 40'], (value) => [
      windWorn && value >= 5,
      windWorn && value >= 40,
    ]),
    ...lead(figures),
    line(
      'step() with 100 loads, p99 ms',
      figures['spillway.step.p99Ms'],
      ['≤ 1', '≤ 0.2'],
      (value) => [value <= 1, value <= 0.2],
      3,
    ),
    ...conditions(rows),
  ];
}

/** Smallest lead over any baseline, mean by mean. Where a baseline lives on the battery's charge, it is named instead. */
function lead(figures: Figures): Line[] {
  const leads: { at: string; value: number }[] = [];
  const takers: string[] = [];
  for (const [key, value] of Object.entries(figures)) {
    const [policy, site, load, kind, figure] = key.split('.');
    if (policy !== 'spillway' || figure !== 'strictScore') continue;
    for (const baseline of BASELINES) {
      const pair = `${baseline}.${site}.${load}.${kind}`;
      const other = figures[`${pair}.strictScore`];
      if (other === undefined) continue;
      if ((figures[`${pair}.chargeTakenPercent`] ?? 0) > TAKEN_TOLERATED_PERCENT) takers.push(pair);
      else leads.push({ at: pair, value: value - other });
    }
  }
  if (leads.length === 0)
    return [
      line('lead over every baseline, strict score', undefined, ['> 0', '≥ 25 in the mean'], () => [false, false]),
    ];
  const least = leads.reduce((a, b) => (b.value < a.value ? b : a));
  const mean = leads.reduce((sum, { value }) => sum + value, 0) / leads.length;
  const lines = [
    line(
      `lead over every baseline, least at ${least.at}, mean ${mean.toFixed(1)}`,
      least.value,
      ['> 0', '≥ 25 in the mean'],
      (value) => [value > 0, value > 0 && mean >= 25],
    ),
  ];
  const behind = leads.filter(({ value }) => value <= 0).map(({ at, value }) => `${at} by ${(-value).toFixed(1)}`);
  if (behind.length > 0) lines.push({ what: `  behind ${behind.join(', ')}`, shown: '', verdict: 'below' });
  if (takers.length > 0)
    lines.push({
      what: `  not ranked, live on the battery's charge: ${takers.join(', ')}`,
      shown: '',
      verdict: 'not run',
    });
  return lines;
}

function conditions(rows: readonly Row[]): Line[] {
  const own = rows.filter(
    (row) => row.policy === 'spillway' && !row.leftOut && (row.site === 'S4' || row.site === 'S5'),
  );
  const worst = (figure: 'batteryFedPercent' | 'floorCrossings' | 'unservedWh') =>
    own.length === 0 ? undefined : Math.max(...own.map((row) => row.figures[figure]));
  const hold = (limit: number) => (value: number) => [value <= limit, value <= limit] as const;
  return [
    line('condition: battery-fed %, worst day', worst('batteryFedPercent'), ['≤ 1', '≤ 1'], hold(1), 2),
    line('condition: floor crossings, worst day', worst('floorCrossings'), ['0', '0'], hold(0), 0),
    line('condition: unserved Wh off-grid, worst day', worst('unservedWh'), ['0', '0'], hold(0.05), 2),
  ];
}

function line(
  what: string,
  value: number | undefined,
  [least, goal]: readonly [string, string],
  judge: (value: number) => readonly [boolean, boolean],
  digits = 1,
): Line {
  const label = `${what} (at least ${least}, goal ${goal})`;
  if (value === undefined) return { what: label, shown: '', verdict: 'not run' };
  const [enough, reached] = judge(value);
  return { what: label, shown: value.toFixed(digits), verdict: reached ? 'goal' : enough ? 'at least' : 'below' };
}

export const checklistText = (lines: readonly Line[]): string =>
  lines.map(({ what, shown, verdict }) => `${verdict.padEnd(8)}  ${shown.padStart(8)}  ${what}`).join('\n');
