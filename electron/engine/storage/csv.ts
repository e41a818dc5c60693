import type { Report, ReportRow } from '#shared/ledger.ts';
import { isoWithOffset } from '#shared/time.ts';
import { originKeys } from '#engine/accounting/counterfactual.ts';

const flowColumns = ['production', 'import', 'export', 'charge', 'discharge', 'demand', 'draw', 'residual'] as const;
const moneyColumns = [
  'minedMicro',
  'forgoneExportMicro',
  'importCostMicro',
  'batteryCostMicro',
  'paidExportAvoidedMicro',
  'earningsMicro',
] as const;

export const csvHeader: string = [
  'start',
  'end',
  'coverage',
  ...flowColumns.map((key) => `${key}Wh`),
  'curtailedWh',
  'curtailedPlusMinusWh',
  'curtailedMethod',
  ...originKeys.map((key) => `${key}Wh`),
  'estimatedSats',
  'verifiedSats',
  'shares',
  ...moneyColumns.map((key) => key.replace('Micro', '')),
  'currency',
  'latePrice',
  'starts',
].join(',');

interface About {
  timeZone: string;
  currency: string;
  simulated: boolean;
}

/** How a table is written: its beginning, its rows some at a time, what stands between them, and its end. */
export interface TableText {
  head: string;
  rows(rows: readonly ReportRow[]): string;
  between: string;
  tail: string;
}

/** Comma, dot, ISO 8601 with offset, Wh with three decimals: exact to the milliwatt-hour; unknown cells stay empty. */
export const csvTable = (about: About): TableText => ({
  head: [...(about.simulated ? ['# SIMULATED'] : []), csvHeader, ''].join('\r\n'),
  rows: (rows) => rows.map((row) => `${csvLine(row, about)}\r\n`).join(''),
  between: '',
  tail: '',
});

const csvLine = (row: ReportRow, about: About): string =>
  [
    isoWithOffset(row.startMs, about.timeZone),
    isoWithOffset(row.endMs, about.timeZone),
    row.coverage.toFixed(4),
    ...flowColumns.map((key) => thousandths(row.flows[key])),
    thousandths(row.flows.curtailed),
    thousandths(row.flows.curtailedPlusMinus),
    row.flows.curtailedMethod ?? '',
    ...originKeys.map((key) => thousandths(row.origin[key])),
    thousandths(row.earnings.estimatedMsat),
    thousandths(row.earnings.verifiedMsat),
    row.earnings.shares ?? '',
    ...moneyColumns.map((key) => millionths(row.earnings[key])),
    about.currency,
    row.earnings.latePrice ? 'yes' : '',
    row.starts,
  ].join(',');

/** The same rows as they are kept: INTEGER mWh, millisats and millionths; what is unknown is left out. */
export function jsonTable({ timeZone, currency, simulated }: About, report: Report): TableText {
  const { rows: _, ...whole } = report;
  const about = { format: 'spillway-report', version: 1, simulated, timeZone, currency, ...whole };
  return {
    head: `${JSON.stringify(about).slice(0, -1)},"rows":[\n`,
    rows: (rows) => rows.map((row) => JSON.stringify(row)).join(',\n'),
    between: ',\n',
    tail: '\n]}\n',
  };
}

const thousandths = (value: number | undefined): string => (value === undefined ? '' : fixed(value, 3));
const millionths = (value: number | undefined): string => (value === undefined ? '' : fixed(value, 6));

/** An INTEGER with its last `digits` behind the dot, without going through a fraction. */
export function fixed(value: number, digits: number): string {
  const text = Math.abs(value)
    .toString()
    .padStart(digits + 1, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
