import { useState, type ComponentProps, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { Plot } from './plot.tsx';
import { RangeStrip } from './range-strip.tsx';
import type { Stretch } from './zoom.ts';

interface Props extends Omit<ComponentProps<typeof Plot>, 'shown' | 'onZoom' | 'chart' | 'overlay'> {
  chart: (shown: Stretch) => ReactNode;
  overlay?: ((toX: (atMs: number) => number, width: number, shown: Stretch) => ReactNode) | undefined;
  /** The strip below it takes room that a small window lacks. */
  strip?: boolean;
  /** How an edge of the stretch is said. */
  tell: (atMs: number) => string;
}

/** A plot of which a stretch can be looked at more closely: by dragging, by the wheel, by two thumbs, by keys. */
export function ZoomPlot({ chart, overlay, strip = true, tell, ...plot }: Props) {
  const { t } = useTranslation();
  const { cells, room, rtl } = plot;
  const all = { fromMs: cells[0]!.startMs, toMs: cells.at(-1)!.endMs };
  const [zoom, setZoom] = useState<Stretch>();
  const shown = zoom && zoom.fromMs >= all.fromMs && zoom.toMs <= all.toMs ? zoom : all;
  useShortcuts(zoom ? { Escape: () => setZoom(undefined) } : {});
  return (
    <div className="zoom-plot">
      <Plot
        {...plot}
        shown={shown}
        onZoom={setZoom}
        chart={chart(shown)}
        overlay={overlay && ((toX, width) => overlay(toX, width, shown))}
      />
      {zoom && (
        <button type="button" className="button small zoom-out" onClick={() => setZoom(undefined)}>
          {t('chart.whole')}
        </button>
      )}
      {strip && <RangeStrip cells={cells} shown={shown} room={room} rtl={rtl} tell={tell} onChange={setZoom} />}
    </div>
  );
}
