import { useState, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span } from '#shared/time.ts';
import { useSize } from '../ui/use-size.ts';
import { indexAt, type Cells } from './cells.ts';
import { startOf, type Room } from './room.ts';
import { useBrush } from './use-brush.ts';
import type { Stretch } from './zoom.ts';
import './plot.css';

/** What the tooltip shows and a screen reader says. */
export interface Described {
  title: string;
  body: ReactNode;
  spoken: string;
}

interface Props {
  /** All there is; what is shown may be a stretch of it. */
  cells: Cells;
  shown: Stretch;
  onZoom: (stretch: Stretch | undefined) => void;
  /** The canvas. */
  chart: ReactNode;
  room: Room;
  rtl: boolean;
  summary: string;
  /** Cells of a larger step of the cursor. */
  leap: number;
  /** Where values end; the cursor goes no further. */
  endMs: number;
  describe: (cell: Span) => Described;
  /** Drawn over the plot, given the place of an instant in px. */
  overlay?: ((toX: (atMs: number) => number, width: number) => ReactNode) | undefined;
}

/** A chart with a cursor that pointer and keyboard move alike. Time runs left to right in every language. */
export function Plot({ cells, shown, onZoom, chart, room, rtl, summary, leap, endMs, describe, overlay }: Props) {
  const { t } = useTranslation();
  const { fromMs, toMs } = shown;
  const [ref, { width }] = useSize<HTMLDivElement>();
  const [cursor, setCursor] = useState<number>();
  const startX = startOf(room, rtl);
  const plotWidth = Math.max(1, width - room.axis - room.end);
  const toX = (atMs: number) => startX + ((atMs - fromMs) / (toMs - fromMs)) * plotWidth;
  const first = indexAt(cells, fromMs);
  const last = Math.max(first, indexAt(cells, Math.min(endMs, toMs) - 1));
  const move = (index: number) => setCursor(Math.min(last, Math.max(first, index)));

  const timeAt = (x: number) => fromMs + ((x - startX) / plotWidth) * (toMs - fromMs);
  const { brush, ...brushing } = useBrush(ref, shown, cells, timeAt, onZoom);

  function point({ clientX, currentTarget }: PointerEvent) {
    const atMs = timeAt(clientX - currentTarget.getBoundingClientRect().left);
    if (atMs < fromMs || atMs > Math.min(cells[last]!.endMs, toMs)) return setCursor(undefined);
    move(indexAt(cells, atMs));
  }

  const cell = cursor === undefined || cursor < first || cursor > last ? undefined : cells[cursor];
  const described = cell && describe(cell);
  const x = cell ? toX((cell.startMs + cell.endMs) / 2) : 0;
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
        setCursor(undefined);
      }}
    >
      {chart}
      {width > 0 && overlay?.(toX, width)}
      {brush && (
        <i
          className="brush"
          style={{
            left: Math.min(brush.fromX, brush.toX),
            width: Math.abs(brush.toX - brush.fromX),
            top: room.top,
            bottom: room.bottom,
          }}
        />
      )}
      {described && !brush && (
        <>
          <i className="cursor" style={{ left: x, top: room.top, bottom: room.bottom }} />
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
        aria-valuetext={described?.spoken ?? summary}
        min={first}
        max={last}
        value={Math.min(last, Math.max(first, cursor ?? last))}
        style={{ left: startX, width: Math.max(0, toX(cells[last]!.endMs) - startX) }}
        onChange={(event) => move(Number(event.target.value))}
        onKeyDown={(event) => {
          const step = { PageUp: leap, PageDown: -leap }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          move((cursor ?? last) + step);
        }}
        onBlur={() => setCursor(undefined)}
      />
    </div>
  );
}

function tooltipPlace(x: number, width: number): CSSProperties {
  return x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
}
