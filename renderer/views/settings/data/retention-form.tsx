import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Retention } from '#shared/contract/books.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useEngine, useStream } from '../../../link/use-engine.ts';
import { tellFailure } from '../../../shell/ask.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { siteInstant } from '../../earnings/lots/site-instant.ts';
import { numberOf } from '../../earnings/numbers.ts';
import { useAsked, type Engine } from '../../earnings/use-asked.ts';

const retentionOf = (engine: Engine) => engine.books.retention({});

/** How long the fine grain stays; and the past taken away for good, after a look at how much it is. */
export function RetentionForm() {
  const { t } = useTranslation();
  const formats = useFormats();
  const engine = useEngine();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const { value: kept, again } = useAsked(retentionOf);
  const [typed, setTyped] = useState<{ rawHours?: string; minuteDays?: string }>({});
  const [before, setBefore] = useState('');
  const [preview, setPreview] = useState<{ beforeMs: number; slots: number }>();
  const rawHours = typed.rawHours ?? String(kept?.rawHours ?? '');
  const minuteDays = typed.minuteDays ?? String(kept?.minuteDays ?? '');
  const wanted = Retention.safeParse({ rawHours: numberOf(rawHours), minuteDays: numberOf(minuteDays) });
  const beforeMs = siteInstant(`${before} 00:00`, timeZone);

  const run = (work: (asked: Engine) => Promise<unknown>) => {
    if (engine)
      work(engine).catch((cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause)));
  };
  return (
    <section className="card section" aria-labelledby="retention">
      <h2 id="retention">{t('records.retention')}</h2>
      <p className="field-effect">{t('records.retentionMeans')}</p>
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.success) run((asked) => asked.books.keep(wanted.data).then(again));
        }}
      >
        <TextField
          label={t('records.rawHours')}
          type="number"
          unit={t('unit.h')}
          value={rawHours}
          onChange={(value) => setTyped((last) => ({ ...last, rawHours: value }))}
        />
        <TextField
          label={t('records.minuteDays')}
          type="number"
          unit={t('unit.d')}
          value={minuteDays}
          onChange={(value) => setTyped((last) => ({ ...last, minuteDays: value }))}
        />
        <button type="submit" className="button primary" disabled={!wanted.success}>
          {t('books.save')}
        </button>
      </form>
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (beforeMs !== undefined) run((asked) => asked.books.forgetPreview({ beforeMs }).then(setPreview));
        }}
      >
        <TextField label={t('records.before')} placeholder="2025-01-01" value={before} onChange={setBefore} />
        <button type="submit" className="button" disabled={beforeMs === undefined}>
          {t('records.preview')}
        </button>
      </form>
      {preview && (
        <div className="form-row" aria-live="polite">
          <p>
            {t('records.wouldGo', {
              slots: isolate(formats.number(preview.slots)),
              date: isolate(formats.date(preview.beforeMs)),
            })}
          </p>
          {preview.slots > 0 && (
            <button
              type="button"
              className="button danger"
              onClick={() =>
                run((asked) => asked.books.forget({ beforeMs: preview.beforeMs }).then(() => setPreview(undefined)))
              }
            >
              {t('records.remove')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
