import { useEffect, useState, type PointerEvent, type RefObject } from 'react';
import type { Cells } from './cells.ts';
import { clampStretch, zoomAround, type Stretch } from './zoom.ts';

/** A click that trembles is no brush, px. */
const TREMBLE_PX = 8;
/** One notch of the wheel. */
const NOTCH = 0.8;

interface Brushed {
  /** Where the brush began and is, px; absent while none is drawn. */
  brush: { fromX: number; toX: number } | undefined;
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(): void;
}

/** A stretch chosen by dragging over the plot with a mouse or pen, or by the wheel with Ctrl. Fingers have the strip. */
export function useBrush(
  ref: RefObject<HTMLElement | null>,
  shown: Stretch,
  cells: Cells,
  toMs: (x: number) => number,
  onZoom: (stretch: Stretch | undefined) => void,
): Brushed {
  const [drag, setDrag] = useState<{ fromX: number; toX: number }>();
  const xOf = ({ clientX, currentTarget }: PointerEvent) => clientX - currentTarget.getBoundingClientRect().left;
  const drawn = drag && Math.abs(drag.toX - drag.fromX) >= TREMBLE_PX ? drag : undefined;

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      // The browser would enlarge the page.
      event.preventDefault();
      const atMs = toMs(event.clientX - element.getBoundingClientRect().left);
      onZoom(zoomAround(shown, cells, atMs, event.deltaY < 0 ? NOTCH : 1 / NOTCH));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  });

  return {
    brush: drawn,
    down(event) {
      if (event.pointerType === 'touch' || event.button !== 0) return;
      const x = xOf(event);
      setDrag({ fromX: x, toX: x });
    },
    move(event) {
      if (drag) setDrag({ ...drag, toX: xOf(event) });
    },
    up() {
      if (drawn) onZoom(clampStretch({ fromMs: toMs(drawn.fromX), toMs: toMs(drawn.toX) }, cells));
      setDrag(undefined);
    },
  };
}
