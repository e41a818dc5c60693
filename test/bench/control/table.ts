import { applies, FIGURES, type Figure } from './metrics.ts';
import type { Row } from './run.ts';

/** Keyed `<policy>.<site>.<load>.<kind>.<figure>`: means over the days that have enough to judge by. */
export type Figures = Record<string, number>;

export function meansOf(rows: readonly Row[]): Figures {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.leftOut) continue;
    const key = `${row.policy}.${row.site}.${row.load}.${row.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const figures: Figures = {};
  for (const [key, group] of groups)
    for (const figure of FIGURES) {
      const [first] = group;
      // The others are true zeros where they cannot arise.
      if (first === undefined || (figure === 'hiddenCapturedPercent' && !applies(figure, first.site))) continue;
      figures[`${key}.${figure}`] = group.reduce((sum, row) => sum + row.figures[figure], 0) / group.length;
    }
  return figures;
}

const COLUMNS: readonly { figure: Figure; head: string; digits: number }[] = [
  { figure: 'strictScore', head: 'score', digits: 1 },
  { figure: 'capturedPercent', head: 'captured%', digits: 1 },
  { figure: 'importPercent', head: 'import%', digits: 2 },
  { figure: 'batteryFedPercent', head: 'battery%', digits: 2 },
  { figure: 'chargeTakenPercent', head: 'taken%', digits: 1 },
  { figure: 'startsPerDay', head: 'starts', digits: 1 },
  { figure: 'writesPerDay', head: 'writes', digits: 0 },
  { figure: 'lostMeterWh', head: 'lostMeterWh', digits: 1 },
  { figure: 'floorCrossings', head: 'floor', digits: 1 },
  { figure: 'unservedWh', head: 'unservedWh', digits: 1 },
];

/** Every row, then the means; nothing is hidden because it loses. */
export function tableOf(rows: readonly Row[], figures: Figures): string {
  const head = ['', 'policy', 'ideal kWh', ...COLUMNS.map((column) => column.head)];
  const lines: string[][] = [head];
  const days = [...new Set(rows.map(dayOf))];
  for (const day of days)
    for (const row of rows.filter((other) => dayOf(other) === day))
      lines.push([
        `${day}${row.leftOut ? ' (left out)' : ''}`,
        row.policy,
        row.idealKwh.toFixed(2),
        ...COLUMNS.map(({ figure, digits }) => (applies(figure, row.site) ? row.figures[figure].toFixed(digits) : '')),
      ]);
  lines.push(head.map(() => ''));
  const means = [...new Set(rows.map((row) => `${row.site}.${row.load}.${row.kind}`))];
  for (const mean of means)
    for (const policy of new Set(rows.map((row) => row.policy))) {
      const key = `${policy}.${mean}`;
      if (figures[`${key}.strictScore`] === undefined) continue;
      lines.push([
        `mean ${mean}`,
        policy,
        '',
        ...COLUMNS.map(({ figure, digits }) =>
          applies(figure, mean.slice(0, 2)) ? (figures[`${key}.${figure}`]?.toFixed(digits) ?? '') : '',
        ),
      ]);
    }
  const out = align(lines);
  const few = [...new Set(rows.filter((row) => row.leftOut).map(dayOf))];
  if (few.length > 0) out.push('', `Left out of the means (less than 3 kWh ideal): ${few.join(', ')}.`);
  return out.join('\n');
}

const dayOf = (row: Row): string => `${row.site}/${row.load} ${row.trace}`;

function align(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
