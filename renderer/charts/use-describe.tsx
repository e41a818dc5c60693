import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import type { Span } from '#shared/time.ts';
import { FlowValues, useFlowValue } from './flow-values.tsx';
import type { Described } from './plot.tsx';
import type { SeriesId } from './series.ts';
import { rowAt } from './stack.ts';

/** What stands beside the values at the cursor. */
export type PlotNote = (cell: Span) => { spoken: string; body: ReactNode } | undefined;

interface What {
  rows: readonly ReportRow[];
  series: readonly SeriesId[];
  as: 'power' | 'energy';
  title: (atMs: number) => string;
  note?: PlotNote | undefined;
}

/** A cell of the plot in words: its time, its values, and what else is known of it. */
export function useDescribe({ rows, series, as, title, note }: What): (cell: Span) => Described {
  const { t } = useTranslation();
  const value = useFlowValue();
  return (cell) => {
    const row = rowAt(rows, cell.startMs);
    const name = title(cell.startMs);
    const known = row !== undefined && row.coverage > 0;
    const spoken = known
      ? series.map((each) => `${t(`series.${each}`)} ${value(row, each, as)}`).join(', ')
      : t('chart.noData');
    const beside = note?.(cell);
    return {
      title: name,
      spoken: [`${name}: ${spoken}`, beside?.spoken].filter(Boolean).join('. '),
      body: (
        <>
          <FlowValues row={known ? row : undefined} series={series} as={as} />
          {beside?.body}
        </>
      ),
    };
  };
}
