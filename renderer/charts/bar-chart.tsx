import { useMemo } from 'react';
import { BarElement, Chart, LinearScale, type ChartData, type ChartOptions } from 'chart.js';
import { Bar } from 'react-chartjs-2';
import type { ReportRow } from '#shared/ledger.ts';
import type { Formats } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { barsOf, totalsOf, type BarTick } from './bars.ts';
import type { Cells } from './cells.ts';
import { chartFont, colourOf, useThemeKey } from './colours.ts';
import { canvasPattern } from './patterns.ts';
import { BAR_ROOM } from './room.ts';
import { seriesLooks, type SeriesId } from './series.ts';
import type { Stretch } from './zoom.ts';

Chart.register(BarElement, LinearScale);

interface Props extends Stretch {
  cells: Cells;
  rows: readonly ReportRow[];
  series: readonly SeriesId[];
  before?: { cells: Cells; rows: readonly ReportRow[] } | undefined;
  ticks: readonly BarTick[];
  tickLabel: (tick: BarTick) => string;
  rtl: boolean;
  summary: string;
}

export function BarChart({ cells, rows, series, before, fromMs, toMs, ticks, tickLabel, rtl, summary }: Props) {
  const formats = useFormats();
  const themeKey = useThemeKey();
  const data = useMemo(
    () => dataOf(cells, rows, series, before),
    // The theme changes what the colour tokens resolve to.
    // oxlint-disable-next-line react/exhaustive-deps
    [cells, rows, series, before, themeKey],
  );
  const texts = new Map(ticks.map((tick) => [tick.atMs, tickLabel(tick)]));
  const options = optionsOf({ fromMs, toMs }, texts, rtl, formats);
  return <Bar data={data} options={options} updateMode="none" aria-label={summary} />;
}

type Dataset = ChartData<'bar'>['datasets'][number];

/** Each bar in the middle of its cell. */
const placed = (cells: Cells, bars: readonly (number | null)[]): Dataset['data'] =>
  cells.map(({ startMs, endMs }, i) => ({ x: (startMs + endMs) / 2, y: bars[i] ?? null })) as never;

const shape = { barPercentage: 0.92, categoryPercentage: 0.88, maxBarThickness: 64 };

function dataOf(cells: Cells, rows: readonly ReportRow[], series: readonly SeriesId[], before: Props['before']) {
  const scale = window.devicePixelRatio;
  const bars = series.map((each): Dataset => {
    const { colour, pattern } = seriesLooks[each];
    const edge = colourOf(colour);
    return {
      ...shape,
      label: each,
      data: placed(cells, barsOf(cells, rows, each)),
      backgroundColor: canvasPattern(pattern, edge, scale),
      borderColor: edge,
      borderWidth: 1,
      stack: 'now',
    };
  });
  if (!before) return { datasets: bars };
  // All series of the other period together, as an empty bar beside.
  const outline: Dataset = {
    ...shape,
    label: 'before',
    data: placed(cells, totalsOf(before.cells, before.rows, series)),
    backgroundColor: 'transparent',
    borderColor: colourOf('--text'),
    borderWidth: 1.5,
    stack: 'before',
  };
  return { datasets: [...bars, outline] };
}

function optionsOf(
  { fromMs, toMs }: Stretch,
  ticks: ReadonlyMap<number, string>,
  rtl: boolean,
  formats: Formats,
): ChartOptions<'bar'> {
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
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { top: BAR_ROOM.top, [rtl ? 'left' : 'right']: BAR_ROOM.end } },
    scales: {
      x: {
        type: 'linear',
        offset: false,
        min: fromMs,
        max: toMs,
        stacked: true,
        grid: { display: false },
        border: { color: line },
        afterBuildTicks: (axis) => (axis.ticks = [...ticks.keys()].map((value) => ({ value }))),
        afterFit: (axis) => (axis.height = BAR_ROOM.bottom),
        ticks: { color: text, font, maxRotation: 0, autoSkip: false, callback: (at) => ticks.get(Number(at)) ?? '' },
      },
      y: {
        stacked: true,
        position: rtl ? 'right' : 'left',
        min: 0,
        grid: { color: line, drawTicks: false },
        border: { display: false },
        afterFit: (axis) => (axis.width = BAR_ROOM.axis),
        ticks: { color: text, font, padding: 8, maxTicksLimit: 6, callback: energy },
      },
    },
  };
}
