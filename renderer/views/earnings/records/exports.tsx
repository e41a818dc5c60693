import { useState } from 'react';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useEngine, useStream } from '../../../link/use-engine.ts';
import { tellFailure } from '../../../shell/ask.ts';
import { saveText } from '../../../shell/shell-port.ts';
import { SelectField, TextField } from '../../devices/add/form-fields.tsx';
import { FileButton } from '../file-button.tsx';
import { handOver } from '../hand-over.ts';
import { siteInstant } from '../lots/site-instant.ts';
import { ToldLine } from '../told-line.tsx';
import { useAsked, useTake, type Engine } from '../use-asked.ts';

const kinds = ['slot', 'hour', 'day', 'month', 'ledger'] as const;
const spanOf = (engine: Engine) => engine.books.span({});

/** Any stretch of the ledger as a table or as it is kept; and such a file taken in again. */
export function Exports() {
  const { t } = useTranslation();
  const engine = useEngine();
  const timeZone = useStream('status')?.timeZone ?? 'UTC';
  const { value: span, again } = useAsked(spanOf);
  const { told, take } = useTake(again);
  const [kind, setKind] = useState<(typeof kinds)[number]>('day');
  const dayOf = (atMs: number | undefined) =>
    atMs === undefined ? '' : new Date(atMs).toLocaleDateString('sv-SE', { timeZone });
  const [typed, setTyped] = useState<{ from?: string; to?: string }>({});
  const from = typed.from ?? dayOf(span?.firstMs);
  const to = typed.to ?? dayOf(span?.endMs === undefined ? undefined : span.endMs - 1);
  const fromMs = siteInstant(`${from} 00:00`, timeZone);
  const lastMs = siteInstant(`${to} 23:59`, timeZone);

  async function save(format: 'csv' | 'json') {
    if (!engine || fromMs === undefined || lastMs === undefined) return;
    const range = { fromMs, toMs: lastMs + 60_000 };
    try {
      const { name, text } =
        kind === 'ledger'
          ? await engine.books.exportLedger(range)
          : await engine.ledger.exportTable({ ...range, resolution: kind, format });
      await saveText(name, text);
    } catch (cause) {
      tellFailure(cause instanceof Error ? cause.message : String(cause));
    }
  }
  const formats = kind === 'ledger' ? (['json'] as const) : (['csv', 'json'] as const);
  const ready = fromMs !== undefined && lastMs !== undefined && lastMs > fromMs;
  return (
    <section className="card section" aria-labelledby="exports">
      <h2 id="exports">{t('records.export')}</h2>
      <div className="entry-fields">
        <SelectField
          label={t('records.what')}
          value={kind}
          options={kinds.map((each) => [each, t(`records.kind.${each}`)] as const)}
          onChange={(next) => setKind(next)}
        />
        <TextField
          label={t('records.from')}
          placeholder="2026-01-01"
          value={from}
          onChange={(next) => setTyped((before) => ({ ...before, from: next }))}
        />
        <TextField
          label={t('records.to')}
          placeholder="2026-12-31"
          value={to}
          onChange={(next) => setTyped((before) => ({ ...before, to: next }))}
        />
        <div className="form-row">
          {formats.map((format) => (
            <button key={format} type="button" className="button" disabled={!ready} onClick={() => void save(format)}>
              <Download size={16} aria-hidden />
              {format.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
      <div className="form-row">
        <FileButton
          label={t('records.importLedger')}
          accept=".json,application/json"
          onText={(text) => void take((asked) => handOver(asked, text, (file) => asked.books.importLedger({ file })))}
        />
        <p className="field-effect">{t('records.importLedgerMeans')}</p>
      </div>
      <ToldLine told={told} />
    </section>
  );
}
