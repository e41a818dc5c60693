import { useMemo } from 'react';
import { Chart, Filler, LinearScale, LineElement, PointElement, type ChartData, type ChartOptions } from 'chart.js';
import { Line } from 'react-chartjs-2';
import { useFormats } from '../i18n/use-formats.ts';
import type { Formats } from '../i18n/formats.ts';
import { chartFont, colourOf, useThemeKey } from './colours.ts';
import { canvasPattern } from './patterns.ts';
import { AREA_ROOM } from './room.ts';
import { seriesLooks } from './series.ts';
import type { Band, Point } from './stack.ts';

Chart.register(LineElement, PointElement, LinearScale, Filler);

interface AreaChartProps {
  bands: Band[];
  /** A line over the areas: what it is compared with. */
  outline?: Point[] | undefined;
  /** A faint line where nothing is read yet: what is usual. */
  outlook?: Point[] | undefined;
  fromMs: number;
  toMs: number;
  ticks: number[];
  tickLabel: (atMs: number) => string;
  rtl: boolean;
  summary: string;
}

export function AreaChart({ bands, outline, outlook, fromMs, toMs, ticks, tickLabel, rtl, summary }: AreaChartProps) {
  const formats = useFormats();
  const themeKey = useThemeKey();
  // The theme changes what the colour tokens resolve to.
  // oxlint-disable-next-line react/exhaustive-deps
  const data = useMemo(() => dataOf(bands, outline, outlook), [bands, outline, outlook, themeKey]);
  const options = useMemo(
    () => optionsOf({ fromMs, toMs, ticks, tickLabel, rtl, formats }),
    // oxlint-disable-next-line react/exhaustive-deps
    [fromMs, toMs, ticks, tickLabel, rtl, formats, themeKey],
  );
  return <Line data={data} options={options} updateMode="none" aria-label={summary} />;
}

function dataOf(bands: Band[], outline: Point[] | undefined, outlook: Point[] | undefined): ChartData<'line'> {
  const scale = window.devicePixelRatio;
  const areas: ChartData<'line'>['datasets'] = bands.map(({ series, points, flat }, i) => {
    const { colour, pattern } = seriesLooks[series];
    const edge = colourOf(colour);
    return {
      label: series,
      data: points as { x: number; y: number }[],
      fill: i === 0 ? 'origin' : '-1',
      backgroundColor: canvasPattern(pattern, edge, scale),
      borderColor: edge,
      borderWidth: series === 'mining' ? 2 : 1.25,
      borderDash: series === 'curtailed' ? [4, 3] : [],
      segment: {
        borderColor: ({ p0DataIndex, p1DataIndex }) =>
          flat[p0DataIndex] && flat[p1DataIndex] ? 'transparent' : undefined,
      },
      pointRadius: 0,
    };
  });
  const line = (label: string, points: Point[], colour: string, borderDash: number[]) => ({
    label,
    data: points as { x: number; y: number }[],
    fill: false as const,
    borderColor: colourOf(colour),
    borderWidth: 1.5,
    borderDash,
    pointRadius: 0,
  });
  return {
    datasets: [
      ...areas,
      ...(outline ? [line('before', outline, '--text', [5, 4])] : []),
      ...(outlook ? [line('usual', outlook, '--production', [2, 4])] : []),
    ],
  };
}

type Look = Omit<AreaChartProps, 'bands' | 'outline' | 'outlook' | 'summary'> & { formats: Formats };

function optionsOf({ fromMs, toMs, ticks, tickLabel, rtl, formats }: Look): ChartOptions<'line'> {
  const text = colourOf('--muted');
  const line = colourOf('--line');
  const font = chartFont();
  const kilowatts = (value: number | string) => {
    const kw = Number(value) / 1000;
    return formats.quantity(kw, 'kW', Number.isInteger(kw) ? 0 : 1);
  };
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { top: AREA_ROOM.top, [rtl ? 'left' : 'right']: AREA_ROOM.end } },
    scales: {
      x: {
        type: 'linear',
        min: fromMs,
        max: toMs,
        grid: { display: false },
        border: { color: line },
        afterBuildTicks: (axis) => (axis.ticks = ticks.map((value) => ({ value }))),
        afterFit: (axis) => (axis.height = AREA_ROOM.bottom),
        ticks: { color: text, font, maxRotation: 0, autoSkip: false, callback: (value) => tickLabel(Number(value)) },
      },
      y: {
        type: 'linear',
        position: rtl ? 'right' : 'left',
        min: 0,
        suggestedMax: 1000,
        grid: { color: line, drawTicks: false },
        border: { display: false },
        afterFit: (axis) => (axis.width = AREA_ROOM.axis),
        ticks: { color: text, font, padding: 8, maxTicksLimit: 5, callback: kilowatts },
      },
    },
  };
}
