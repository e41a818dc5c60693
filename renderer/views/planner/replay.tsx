import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '#shared/time.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useEngine, useStream } from '../../link/use-engine.ts';
import { Outcome } from '../../replay/outcome.tsx';
import { useReplay } from '../../replay/use-replay.ts';
import { tellFailure } from '../../shell/ask.ts';
import { Progress } from './progress.tsx';
import { ReplayDays } from './replay-days.tsx';
import { changeOf, NO_WISHES, problemOf, type Wishes } from './replay-change.ts';
import { useCatalogue } from './use-planner.ts';

const SPANS = [7, 30, 60] as const;

/** What added devices would have done on the owner's own recorded days, beside what really happened. */
export function Replay() {
  const { t } = useTranslation();
  const formats = useFormats();
  const engine = useEngine();
  const status = useStream('status');
  const catalogue = useCatalogue();
  const { run, refused, start } = useReplay();
  const [days, setDays] = useState<number>(30);
  const [wishes, setWishes] = useState<Wishes>(NO_WISHES);
  const problem = problemOf(wishes);
  const wish = (change: Partial<Wishes>) => setWishes((now) => ({ ...now, ...change }));

  async function again() {
    if (!status || !engine) return;
    const { plan } = await engine.planner.fromSite({});
    const today = dayOf(status.nowMs, status.timeZone);
    let fromMs = today.startMs;
    for (let day = 0; day < days; day += 1) fromMs = dayOf(fromMs - 1, status.timeZone).startMs;
    await start(fromMs, today.startMs, changeOf(wishes, plan, catalogue));
  }

  const figure = (key: 'batteryKwh' | 'floorPercent' | 'count', unit: string) => (
    <label className="field">
      <span>{t(`planner.replay.${key}`)}</span>
      <span className="with-unit">
        <input
          type="text"
          dir="ltr"
          inputMode="decimal"
          aria-invalid={problem === key}
          placeholder={key === 'count' ? undefined : t('planner.replay.asItIs')}
          value={wishes[key]}
          disabled={key === 'count' && wishes.loadId === ''}
          onChange={({ target }) => wish({ [key]: target.value })}
        />
        {unit}
      </span>
      {problem === key && <span className="field-problem">{t(`planner.replay.range.${key}`)}</span>}
    </label>
  );

  return (
    <section className="card section" aria-labelledby="plan-replay">
      <h2 id="plan-replay">{t('planner.replay.title')}</h2>
      <p className="muted">{t('planner.replay.hint')}</p>
      <div className="assumption-list">
        <label className="field">
          <span>{t('preview.days')}</span>
          <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {SPANS.map((span) => (
              <option key={span} value={span}>
                {t('planner.replay.last', { n: formats.number(span) })}
              </option>
            ))}
          </select>
        </label>
        {figure('batteryKwh', 'kWh')}
        {figure('floorPercent', '%')}
        <label className="field">
          <span>{t('planner.replay.add')}</span>
          <select value={wishes.loadId} onChange={({ target }) => wish({ loadId: target.value })}>
            <option value="">{t('planner.replay.noMore')}</option>
            {catalogue.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {figure('count', '×')}
      </div>
      {run?.state === 'running' ? (
        <Progress run={run} label={t('planner.working', { p: formats.percent(100 * run.progress) })} />
      ) : (
        <button
          type="button"
          className="button"
          disabled={!status || problem !== undefined}
          onClick={() => void again().catch((cause: unknown) => tellFailure((cause as Error).message))}
        >
          {t('planner.replay.start')}
        </button>
      )}
      <div className="replay-outcome" aria-live="polite">
        {refused !== undefined && <p className="muted">{t('preview.refused', { message: isolate(refused) })}</p>}
        {run?.state === 'failed' && (
          <p className="field-problem">{t('shell.failed', { message: run.message ?? '' })}</p>
        )}
        {run?.state === 'done' && run.replay && (
          <>
            <Outcome replay={run.replay} />
            <ReplayDays days={run.replay.days} timeZone={status?.timeZone ?? 'UTC'} />
          </>
        )}
      </div>
    </section>
  );
}
