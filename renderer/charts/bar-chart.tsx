import { useMemo } from 'react';
import { BarElement, CategoryScale, Chart, LinearScale, type ChartData, type ChartOptions } from 'chart.js';
import { Bar } from 'react-chartjs-2';
import type { ReportRow } from '#shared/ledger.ts';
import type { Formats } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { PLOT } from './area-chart.tsx';
import { chartFont, colourOf, useThemeKey } from './colours.ts';
import { canvasPattern } from './patterns.ts';
import { flowOf, seriesLooks, type SeriesId } from './series.ts';

Chart.register(BarElement, CategoryScale, LinearScale);

interface Props {
  rows: readonly ReportRow[];
  /** The period it is compared with, row by row. */
  before?: readonly ReportRow[] | undefined;
  series: readonly SeriesId[];
  label: (row: ReportRow) => string;
  rtl: boolean;
  summary: string;
}

/** Energies of hours, days or months, stacked. */
export function BarChart({ rows, before, series, label, rtl, summary }: Props) {
  const formats = useFormats();
  const themeKey = useThemeKey();
  // The theme changes what the colour tokens resolve to.
  // oxlint-disable-next-line react/exhaustive-deps
  const data = useMemo(() => dataOf(rows, before, series, label), [rows, before, series, label, themeKey]);
  // oxlint-disable-next-line react/exhaustive-deps
  const options = useMemo(() => optionsOf(rtl, formats), [rtl, formats, themeKey]);
  return <Bar data={data} options={options} updateMode="none" aria-label={summary} />;
}

function dataOf(
  rows: readonly ReportRow[],
  before: Props['before'],
  series: readonly SeriesId[],
  label: Props['label'],
): ChartData<'bar'> {
  const scale = window.devicePixelRatio;
  const bars: ChartData<'bar'>['datasets'] = series.map((each) => {
    const { colour, pattern } = seriesLooks[each];
    const edge = colourOf(colour);
    return {
      label: each,
      data: rows.map((row) => flowOf(row.flows, each) ?? null) as number[],
      backgroundColor: canvasPattern(pattern, edge, scale),
      borderColor: edge,
      borderWidth: 1,
      barPercentage: 0.92,
      categoryPercentage: 0.88,
      maxBarThickness: 64,
      stack: 'now',
    };
  });
  return { labels: rows.map(label), datasets: before ? [...bars, outlineOf(before, series)] : bars };
}

/** All series of the other period together, as an empty bar beside. */
function outlineOf(before: readonly ReportRow[], series: readonly SeriesId[]): ChartData<'bar'>['datasets'][number] {
  const sum = (row: ReportRow) => series.reduce((total, each) => total + (flowOf(row.flows, each) ?? 0), 0);
  return {
    label: 'before',
    data: before.map((row) => (row.coverage > 0 ? sum(row) : null)) as number[],
    backgroundColor: 'transparent',
    borderColor: colourOf('--text'),
    borderWidth: 1.5,
    barPercentage: 0.92,
    categoryPercentage: 0.88,
    maxBarThickness: 64,
    stack: 'before',
  };
}

function optionsOf(rtl: boolean, formats: Formats): ChartOptions<'bar'> {
  const text = colourOf('--muted');
  const line = colourOf('--line');
  const font = chartFont();
  const energy = (value: number | string) => {
    const kwh = Number(value) / 1e6;
    const [size, unit] = kwh >= 10_000 ? [kwh / 1000, 'MWh'] : [kwh, 'kWh'];
    return formats.quantity(size, unit, Number.isInteger(size) ? 0 : 1);
  };
  return {
    animation: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { top: 12, [rtl ? 'left' : 'right']: PLOT.end } },
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: line },
        ticks: { color: text, font, maxRotation: 0, autoSkipPadding: 12 },
      },
      y: {
        stacked: true,
        position: rtl ? 'right' : 'left',
        min: 0,
        grid: { color: line, drawTicks: false },
        border: { display: false },
        afterFit: (axis) => (axis.width = 72),
        ticks: { color: text, font, padding: 8, maxTicksLimit: 6, callback: energy },
      },
    },
  };
}
