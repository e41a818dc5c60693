import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { FlowTable } from '../../charts/flow-table.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesOfSite, type Side } from '../../charts/series.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useRtl } from '../../i18n/use-rtl.ts';
import { useStream } from '../../link/use-engine.ts';
import { ViewSwitch } from '../../charts/view-switch.tsx';
import { TodayPlot } from './today-plot.tsx';
import { useCalmToday } from './use-calm-today.ts';
import { useUsual } from './use-usual.ts';
import './today.css';

const sides = ['went', 'came'] as const satisfies Side[];

/** The day so far, slot by slot, with the decisions above it. */
export function Today() {
  const { t } = useTranslation();
  const formats = useFormats();
  const status = useStream('status');
  const today = useCalmToday();
  const outlook = useUsual(today);
  const rtl = useRtl();
  const [side, setSide] = useState<Side>('went');
  const [asTable, setAsTable] = useState(false);
  const series = useMemo(() => (status ? seriesOfSite(side, status) : []), [side, status]);
  return (
    <section className="card today" aria-labelledby="today">
      <header>
        <h2 id="today">{t('today.title')}</h2>
        <ToggleButtonGroup
          className="choices"
          aria-label={t('today.side')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[side]}
          onSelectionChange={(keys) => setSide(keys.has('came') ? 'came' : 'went')}
        >
          {sides.map((each) => (
            <ToggleButton key={each} id={each}>
              {t(`today.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <Legend series={series} outlook={outlook && t('today.usual')} />
        {rtl && <small className="muted">{t('chart.timeDirection')}</small>}
        <ViewSwitch asTable={asTable} onChange={setAsTable} />
      </header>
      {today && asTable && (
        <FlowTable
          rows={today.slots.toReversed()}
          series={series}
          sum={today.sum}
          label={(row) => formats.time(row.startMs)}
          caption={t('today.title')}
        />
      )}
      {today && !asTable && <TodayPlot today={today} series={series} outlook={outlook} />}
      {today?.slots.length === 0 && (
        <p className="today-empty muted">
          {t('today.empty', {
            t: isolate(formats.time(firstSlotEnd(today.dayStartMs, status?.nowMs ?? today.dayStartMs))),
          })}
        </p>
      )}
      {!today && <div className="skeleton today-skeleton" />}
    </section>
  );
}

const SLOT_MS = 300_000;
const firstSlotEnd = (dayStartMs: number, nowMs: number) =>
  dayStartMs + (Math.floor((nowMs - dayStartMs) / SLOT_MS) + 1) * SLOT_MS;
