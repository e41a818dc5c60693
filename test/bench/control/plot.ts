import type { LoadSetId } from './loads.ts';
import type { PolicyId } from './policy.ts';
import type { Second } from './run.ts';
import type { SiteId } from './sites.ts';

/** Means of a minute. */
export interface Series {
  trace: string;
  site: SiteId;
  load: LoadSetId;
  policy: PolicyId;
  surplusW: number[];
  drawW: number[];
  gridFedW: number[];
  socPercent: number[];
}

/** Drawn beside each other; more would hide each other. */
export const PLOTTED: readonly PolicyId[] = ['spillway', 'B1', 'oracle12'];
const MINUTE = 60;

export function createSeries(head: Pick<Series, 'trace' | 'site' | 'load' | 'policy'>): {
  series: Series;
  add(second: Second): void;
} {
  const series: Series = { ...head, surplusW: [], drawW: [], gridFedW: [], socPercent: [] };
  const push = (into: number[], t: number, value: number) => {
    const minute = Math.floor(t / MINUTE);
    into[minute] = (into[minute] ?? 0) + value / MINUTE;
  };
  return {
    series,
    add({ t, flows, drawW }) {
      push(series.surplusW, t, flows.potentialW - flows.demandW);
      push(series.drawW, t, drawW);
      push(series.gridFedW, t, Math.min(drawW, flows.importW + flows.dischargeW));
      push(series.socPercent, t, flows.socPercent);
    },
  };
}

const WIDTH = 1200;
const LEFT = 90;
const RIGHT = 50;
const TOP = 70;
const PANEL = 170;
const GAP = 34;

/** One picture of a day: a panel per site and load set. */
export function drawDay(trace: string, all: readonly Series[]): string {
  const pairs = [...new Set(all.map(pairOf))].toSorted();
  const height = TOP + pairs.length * (PANEL + GAP) + 10;
  const panels = pairs.map((pair, at) =>
    drawPanel(
      pair,
      all.filter((series) => pairOf(series) === pair),
      TOP + at * (PANEL + GAP),
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="${LEFT}" y="24" font-size="17" font-weight="bold">${trace}: what was left and what the loads took, means of a minute</text>
${legend()}
${panels.join('\n')}
</svg>
`;
}

const pairOf = (series: Series): string => `${series.site}/${series.load}`;

const LEGEND: readonly (readonly [string, string])[] = [
  ['#d9d9d9', 'potential − demand'],
  ['#0a58ca', 'Spillway'],
  ['#c2185b', 'of it from grid or battery'],
  ['#e08a00', 'B1'],
  ['#2e7d32', 'oracle12'],
  ['#7a5195', 'state of charge under Spillway (right, %)'],
];

function legend(): string {
  let x = LEFT;
  return LEGEND.map(([colour, text]) => {
    const here = x;
    x += 34 + text.length * 6.6;
    return `<rect x="${here}" y="38" width="16" height="10" fill="${colour}"/><text x="${here + 21}" y="47">${text}</text>`;
  }).join('');
}

function drawPanel(pair: string, runs: readonly Series[], top: number): string {
  const of = (policy: PolicyId) => runs.find((series) => series.policy === policy);
  const own = of('spillway');
  const any = own ?? runs[0];
  if (any === undefined) return '';
  const minutes = any.surplusW.length;
  const peakW = Math.max(1000, ...runs.flatMap((series) => series.drawW), ...any.surplusW);
  const x = (minute: number) => LEFT + (minute / minutes) * (WIDTH - LEFT - RIGHT);
  const y = (watts: number) => top + PANEL - (Math.max(0, watts) / peakW) * PANEL;
  const points = (values: readonly number[]) =>
    values.map((watts, minute) => `${x(minute).toFixed(1)},${y(watts).toFixed(1)}`).join(' ');
  const area = (values: readonly number[], fill: string) =>
    `<polygon points="${x(0)},${y(0)} ${points(values)} ${x(minutes - 1).toFixed(1)},${y(0)}" fill="${fill}"/>`;
  const curve = (values: readonly number[] | undefined, colour: string, width: number) =>
    values === undefined
      ? ''
      : `<polyline points="${points(values)}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  const soc = own?.socPercent.some((percent) => percent > 0)
    ? own.socPercent.map((percent) => (percent / 100) * peakW)
    : undefined;
  return [
    `<text x="8" y="${top + 16}" font-weight="bold">${pair}</text>`,
    grid(top, peakW, minutes, x, y),
    area(any.surplusW, '#d9d9d9'),
    curve(soc, '#7a5195', 1),
    curve(of('B1')?.drawW, '#e08a00', 0.9),
    curve(of('oracle12')?.drawW, '#2e7d32', 0.9),
    curve(own?.drawW, '#0a58ca', 1.6),
    own === undefined ? '' : area(own.gridFedW, '#c2185b'),
    soc === undefined
      ? ''
      : `<text x="${WIDTH - RIGHT + 6}" y="${top + 10}">100 %</text><text x="${WIDTH - RIGHT + 6}" y="${top + PANEL}">0 %</text>`,
  ].join('\n');
}

function grid(
  top: number,
  peakW: number,
  minutes: number,
  x: (minute: number) => number,
  y: (watts: number) => number,
): string {
  const lines = [
    `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - RIGHT}" height="${PANEL}" fill="none" stroke="#bbb"/>`,
  ];
  for (let minute = 0; minute <= minutes; minute += 120)
    lines.push(
      `<text x="${x(minute)}" y="${top + PANEL + 14}" text-anchor="middle" fill="#555">${minute / 60}:00</text>`,
    );
  const stepW = peakW > 5000 ? 2000 : 1000;
  for (let watts = 0; watts <= peakW; watts += stepW)
    lines.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(watts)}" y2="${y(watts)}" stroke="#eee"/><text x="${LEFT - 6}" y="${y(watts) + 4}" text-anchor="end" fill="#555">${watts / 1000} kW</text>`,
    );
  return lines.join('');
}
