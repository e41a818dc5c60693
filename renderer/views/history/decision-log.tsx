import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Reason, type ReasonId } from '#shared/control.ts';
import type { DecisionMark } from '#shared/ledger.ts';
import { kindIcons } from '../../decisions/kind-icons.ts';
import { useLoadName } from '../../decisions/use-load-name.ts';
import { useMarks } from '../../decisions/use-marks.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useReasonText } from '../../i18n/use-reason-text.ts';
import type { Span } from '../../periods/period.ts';
import { Num } from '../../ui/num.tsx';
import { chosen, noFilter, optionsOf, type LogFilter } from './log-filter.ts';

/** Rows shown at first; more on demand. */
const FIRST = 50;

/** Every decision of the period with its reason, newest first, to be narrowed down. */
export function DecisionLog({ span, version }: { span: Span; version: unknown }) {
  const { t } = useTranslation();
  const nameOf = useLoadName();
  const { fromMs, toMs, period } = span;
  const marks = useMarks(fromMs, toMs, version);
  const here = useMemo(() => marks.filter(({ atMs }) => atMs >= fromMs).toReversed(), [marks, fromMs]);
  const [filter, setFilter] = useState<LogFilter>(noFilter);
  const [most, setMost] = useState(FIRST);
  const options = optionsOf(here);
  const found = here.filter((mark) => chosen(mark, filter));
  const change = (part: Partial<LogFilter>) => setFilter({ ...filter, ...part });
  return (
    <section className="card decision-log" aria-labelledby="decision-log">
      <header>
        <h2 id="decision-log">{t('log.title')}</h2>
        <Filter
          label={t('log.kind')}
          value={filter.kind}
          options={options.kinds.map((kind) => [kind, t(`lane.${kind}`)])}
          onChange={(kind) => change({ kind })}
        />
        <Filter
          label={t('log.reason')}
          value={filter.reason}
          options={options.reasons.map((reason: ReasonId) => [reason, t(`guard.${reason}`)])}
          onChange={(reason) => change({ reason })}
        />
        {options.loads.length > 1 && (
          <Filter
            label={t('log.load')}
            value={filter.load}
            options={options.loads.map((load) => [load, nameOf(load)])}
            onChange={(load) => change({ load })}
          />
        )}
        <p className="muted" aria-live="polite">
          {t('lane.several', { count: found.length })}
        </p>
      </header>
      {found.length === 0 ? (
        <p className="muted">{here.length === 0 ? t('log.empty') : t('log.none')}</p>
      ) : (
        <ol>
          {found.slice(0, most).map((mark) => (
            <Entry key={`${mark.atMs} ${mark.loadId} ${mark.kind}`} mark={mark} dated={period !== 'day'} />
          ))}
        </ol>
      )}
      {found.length > most && (
        <button type="button" className="button small" onClick={() => setMost(most * 4)}>
          {t('log.more')}
        </button>
      )}
    </section>
  );
}

interface FilterProps<T extends string> {
  label: string;
  value: T | '';
  options: (readonly [T, string])[];
  onChange: (value: T | '') => void;
}

function Filter<T extends string>({ label, value, options, onChange }: FilterProps<T>) {
  const { t } = useTranslation();
  return (
    <label className="field-inline">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => onChange(options.find(([each]) => each === event.target.value)?.[0] ?? '')}
      >
        <option value="">{t('log.all')}</option>
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Entry({ mark, dated }: { mark: DecisionMark; dated: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reasonText = useReasonText();
  const name = useLoadName()(mark.loadId);
  const Icon = kindIcons[mark.kind];
  const reason = Reason.safeParse(mark.reason);
  const said = reason.success ? reasonText(reason.data, mark.atMs) : undefined;
  return (
    <li data-kind={mark.kind}>
      <span className="log-time">
        {dated && `${formats.date(mark.atMs, 'short')} `}
        <Num>{formats.time(mark.atMs)}</Num>
      </span>
      <Icon size={16} aria-hidden />
      <strong>{t(`lane.${mark.kind}`)}</strong>
      <span className="log-power">
        {mark.kind !== 'note' && mark.setpointW !== undefined && <Num>{formats.power(mark.setpointW)}</Num>}
      </span>
      <span className="log-why">
        <bdi>{name}</bdi>
        {said && ` · ${said.head}. ${said.rest}`}
      </span>
    </li>
  );
}
