import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '#shared/time.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { Outcome } from '../../replay/outcome.tsx';
import { useReplay } from '../../replay/use-replay.ts';
import type { changesOf } from './form-values.ts';

const spans = [1, 7] as const;

/** What recorded days would have been with the numbers that stand in the form. */
export function Preview({ changes }: { changes: ReturnType<typeof changesOf> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const status = useStream('status');
  const [days, setDays] = useState<(typeof spans)[number]>(1);
  const { run, refused, start } = useReplay();

  function preview() {
    if (!status) return;
    const today = dayOf(status.nowMs, status.timeZone);
    let fromMs = today.startMs;
    for (let day = 0; day < days; day++) fromMs = dayOf(fromMs - 1, status.timeZone).startMs;
    void start(fromMs, today.startMs, replayChange(changes));
  }

  return (
    <section className="card section preview" aria-labelledby="preview">
      <h2 id="preview">{t('preview.title')}</h2>
      <p className="field-effect">{t('preview.effect')}</p>
      <div className="preview-ask">
        <select
          aria-label={t('preview.days')}
          value={days}
          onChange={(event) => setDays(event.target.value === '7' ? 7 : 1)}
        >
          {spans.map((each) => (
            <option key={each} value={each}>
              {t(`preview.last${each}`)}
            </option>
          ))}
        </select>
        <button type="button" className="button" disabled={!status || run?.state === 'running'} onClick={preview}>
          {t('preview.start')}
        </button>
      </div>
      <div aria-live="polite">
        {refused !== undefined && <p className="muted">{t('preview.refused', { message: refused })}</p>}
        {run?.state === 'running' && (
          <p className="muted">{t('preview.running', { share: isolate(formats.percent(run.progress * 100)) })}</p>
        )}
        {run?.state === 'failed' && (
          <p className="field-problem">{t('shell.failed', { message: run.message ?? '' })}</p>
        )}
        {run?.state === 'done' && run.replay && <Outcome replay={run.replay} />}
      </div>
    </section>
  );
}

/** The part of the changes that a replay knows; a limit that is taken away stays as it was. */
function replayChange(changes: ReturnType<typeof changesOf>) {
  const { battery, exportLimitW, reserveW, marginPerKwh, quietHours, withoutMarket } = changes;
  return {
    ...(battery && { floorPercent: battery.floorPercent, targetPercent: battery.targetPercent }),
    ...(exportLimitW !== undefined && { exportLimitW }),
    strategy: {
      ...(reserveW !== undefined && { reserveW }),
      ...(marginPerKwh !== undefined && { marginPerKwh }),
      ...(quietHours !== undefined && { quietHours }),
      ...(withoutMarket !== undefined && { withoutMarket }),
    },
  };
}
