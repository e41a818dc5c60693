import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { directionOf } from '../i18n/i18n.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useStream } from '../link/use-engine.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useMedia } from '../ui/use-media.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { FlowValues, useFlowValue } from './flow-values.tsx';
import { Plot } from './plot.tsx';
import { RangeStrip } from './range-strip.tsx';
import type { SeriesId } from './series.ts';
import { outlineOf, rowAt, stackAreas } from './stack.ts';
import { timeTicks } from './ticks.ts';
import { tickMinutes, type Stretch } from './zoom.ts';

const SLOT_MS = 300_000;

/** What stands beside the values at the cursor. */
export interface PlotNote {
  spoken: string;
  body: ReactNode;
}

interface Props extends Stretch {
  rows: readonly ReportRow[];
  series: SeriesId[];
  summary: string;
  /** The day it is compared with. */
  before?: { fromMs: number; rows: readonly ReportRow[] } | undefined;
  note: (atMs: number, endMs: number) => PlotNote | undefined;
  overlay?: (toX: (atMs: number) => number, width: number, shown: Stretch) => ReactNode;
  /** The strip below it takes room that a small window lacks. */
  strip?: boolean;
}

/** One day as areas, slot by slot; a stretch of it can be looked at more closely. */
export function SlotPlot({ fromMs, toMs, rows, series, summary, before, note, overlay, strip = true }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const value = useFlowValue();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const rtl = directionOf(usePreferences().language) === 'rtl';
  const narrow = useMedia('(max-width: 699px)');
  const [zoom, setZoom] = useState<Stretch>();
  const all = useMemo(() => ({ fromMs, toMs }), [fromMs, toMs]);
  const shown = zoom && zoom.fromMs >= fromMs && zoom.toMs <= toMs ? zoom : all;
  useShortcuts(zoom ? { Escape: () => setZoom(undefined) } : {});
  const bands = useMemo(() => stackAreas(rows, series), [rows, series]);
  const outline = useMemo(
    () => before && outlineOf(before.rows, series, fromMs - before.fromMs),
    [before, series, fromMs],
  );
  const ticks = useMemo(
    () => timeTicks(shown.fromMs, shown.toMs, timeZone, tickMinutes(shown, narrow ? 5 : 9)),
    [shown, timeZone, narrow],
  );
  const tickLabel = useCallback((atMs: number) => formats.time(atMs, atMs === toMs), [formats, toMs]);
  return (
    <div className="slot-plot">
      <Plot
        {...shown}
        bands={bands}
        outline={outline}
        endMs={rows.at(-1)?.endMs ?? fromMs}
        stepMs={SLOT_MS}
        ticks={ticks}
        tickLabel={tickLabel}
        rtl={rtl}
        summary={summary}
        all={all}
        onZoom={setZoom}
        describe={(atMs) => {
          const row = rowAt(rows, atMs);
          const title = formats.time(atMs);
          const spoken = row
            ? series.map((each) => `${t(`series.${each}`)} ${value(row, each, 'power')}`).join(', ')
            : t('chart.noData');
          const why = note(atMs, row?.endMs ?? atMs + SLOT_MS);
          return {
            title,
            spoken: [`${title}: ${spoken}`, why?.spoken].filter(Boolean).join('. '),
            body: (
              <>
                <FlowValues row={row} series={series} as="power" />
                {why?.body}
              </>
            ),
          };
        }}
        overlay={overlay && ((toX, width) => overlay(toX, width, shown))}
      />
      {zoom && (
        <button type="button" className="button small zoom-out" onClick={() => setZoom(undefined)}>
          {t('chart.wholeDay')}
        </button>
      )}
      {strip && <RangeStrip all={all} shown={shown} stepMs={SLOT_MS} rtl={rtl} tell={tickLabel} onChange={setZoom} />}
    </div>
  );
}
