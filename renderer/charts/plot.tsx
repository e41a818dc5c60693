import { useState, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../ui/use-size.ts';
import { useBrush } from './use-brush.ts';
import type { Stretch } from './zoom.ts';
import { AreaChart, PLOT, type AreaChartProps } from './area-chart.tsx';
import './plot.css';

interface Props extends AreaChartProps {
  /** All there is; what is shown may be a stretch of it. */
  all: Stretch;
  onZoom: (stretch: Stretch | undefined) => void;
  /** One step of the cursor. */
  stepMs: number;
  /** Where values end; the cursor goes no further. */
  endMs: number;
  /** What the tooltip shows and a screen reader says. */
  describe: (atMs: number) => { title: string; body: ReactNode; spoken: string };
  /** Drawn over the plot, given the place of an instant in px. */
  overlay?: ((toX: (atMs: number) => number, width: number) => ReactNode) | undefined;
}

const HOUR_MS = 3_600_000;

/** A chart with a cursor that pointer and keyboard move alike. Time runs left to right in every language. */
export function Plot({ stepMs, endMs, all, onZoom, describe, overlay, ...chart }: Props) {
  const { t } = useTranslation();
  const { fromMs, toMs, rtl } = chart;
  const [ref, { width }] = useSize<HTMLDivElement>();
  const [cursorMs, setCursorMs] = useState<number>();
  const startX = rtl ? PLOT.end : PLOT.axis;
  const plotWidth = Math.max(1, width - PLOT.axis - PLOT.end);
  const toX = (atMs: number) => startX + ((atMs - fromMs) / (toMs - fromMs)) * plotWidth;
  const lastMs = Math.max(fromMs, Math.min(endMs, toMs) - stepMs);
  const move = (atMs: number) => setCursorMs(Math.min(lastMs, Math.max(fromMs, atMs)));

  const timeAt = (x: number) => fromMs + ((x - startX) / plotWidth) * (toMs - fromMs);
  const { brush, ...brushing } = useBrush(ref, chart, all, timeAt, onZoom);

  function point({ clientX, currentTarget }: PointerEvent) {
    const atMs = timeAt(clientX - currentTarget.getBoundingClientRect().left);
    if (atMs < fromMs || atMs > Math.min(endMs, toMs)) return setCursorMs(undefined);
    move(fromMs + Math.floor((atMs - fromMs) / stepMs) * stepMs);
  }

  const described = cursorMs === undefined || cursorMs < fromMs || cursorMs > lastMs ? undefined : describe(cursorMs);
  const x = cursorMs === undefined ? 0 : toX(cursorMs + stepMs / 2);
  return (
    <div
      className="plot"
      dir="ltr"
      ref={ref}
      onPointerMove={(event) => {
        brushing.move(event);
        point(event);
      }}
      onPointerDown={(event) => {
        brushing.down(event);
        point(event);
      }}
      onPointerUp={brushing.up}
      onPointerLeave={() => {
        brushing.up();
        setCursorMs(undefined);
      }}
    >
      <AreaChart {...chart} />
      {width > 0 && overlay?.(toX, width)}
      {brush && (
        <i
          className="brush"
          style={{
            left: Math.min(brush.fromX, brush.toX),
            width: Math.abs(brush.toX - brush.fromX),
            top: PLOT.top,
            bottom: PLOT.bottom,
          }}
        />
      )}
      {described && !brush && (
        <>
          <i className="cursor" style={{ left: x, top: PLOT.top, bottom: PLOT.bottom }} />
          <div className="tooltip" dir={rtl ? 'rtl' : 'ltr'} style={tooltipPlace(x, width)} aria-hidden>
            <strong>{described.title}</strong>
            {described.body}
          </div>
        </>
      )}
      <input
        className="cursor-slider"
        type="range"
        aria-label={t('chart.cursor')}
        aria-valuetext={described?.spoken ?? chart.summary}
        min={fromMs}
        max={lastMs}
        step={stepMs}
        value={Math.min(lastMs, Math.max(fromMs, cursorMs ?? lastMs))}
        style={{ left: startX, width: Math.max(0, toX(lastMs + stepMs) - startX) }}
        onChange={(event) => move(Number(event.target.value))}
        onKeyDown={(event) => {
          const hour = { PageUp: HOUR_MS, PageDown: -HOUR_MS }[event.key];
          if (hour === undefined) return;
          event.preventDefault();
          move((cursorMs ?? lastMs) + Math.max(stepMs, Math.abs(hour)) * Math.sign(hour));
        }}
        onBlur={() => setCursorMs(undefined)}
      />
    </div>
  );
}

function tooltipPlace(x: number, width: number): CSSProperties {
  return x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
}
