import { useCallback, useState } from 'react';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LotMethod } from '#shared/ledger.ts';
import { useEngine } from '../../../link/use-engine.ts';
import { tellFailure } from '../../../shell/ask.ts';
import { saveText } from '../../../shell/shell-port.ts';
import { SelectField } from '../../devices/add/form-fields.tsx';
import { FileButton } from '../file-button.tsx';
import { ToldLine } from '../told-line.tsx';
import { useAsked, useTake, type Engine } from '../use-asked.ts';
import { DisposalForm } from './disposal-form.tsx';
import { DisposalTable } from './disposal-table.tsx';
import { LotTable } from './lot-table.tsx';
import { PayoutForm } from './payout-form.tsx';

const methods = ['fifo', 'lifo', 'hifo'] as const satisfies LotMethod[];

/** Every payout as a lot with the energy behind it, and what was given away of them. */
export function Lots() {
  const { t } = useTranslation();
  const engine = useEngine();
  const [method, setMethod] = useState<LotMethod>('fifo');
  const ask = useCallback((asked: Engine) => asked.books.lots({ method }), [method]);
  const { value: book, failure, again } = useAsked(ask);
  const { told, take } = useTake(again);

  async function save(format: 'csv' | 'json') {
    try {
      const file = await engine?.books.lotsFile({ method, format });
      if (file) await saveText(file.name, file.text);
    } catch (cause) {
      tellFailure(cause instanceof Error ? cause.message : String(cause));
    }
  }

  return (
    <>
      {failure && (
        <p className="card notice" role="alert">
          {t('history.failed', { message: failure })}
        </p>
      )}
      <section className="card section" aria-labelledby="lots">
        <header className="section-head">
          <h2 id="lots">{t('books.tab.lots')}</h2>
          <div className="page-actions">
            <SelectField
              label={t('lots.method')}
              value={method}
              options={methods.map((each) => [each, t(`lots.methods.${each}`)] as const)}
              onChange={(next) => setMethod(next)}
            />
            {(['csv', 'json'] as const).map((format) => (
              <button key={format} type="button" className="button" onClick={() => void save(format)}>
                <Download size={16} aria-hidden />
                {format.toUpperCase()}
              </button>
            ))}
          </div>
        </header>
        {book && book.lots.length === 0 && <p className="muted">{t('lots.empty')}</p>}
        {book && book.lots.length > 0 && (
          <LotTable
            lots={book.lots}
            onPrice={(id, perBitcoin) => void take((asked) => asked.books.setPrice({ id, perBitcoin }))}
          />
        )}
        <ToldLine told={told} />
        <PayoutForm take={take} />
        <div className="form-row">
          <FileButton
            label={t('lots.payoutsCsv')}
            accept=".csv,text/csv"
            onText={(text) => void take((asked) => asked.books.importPayoutsCsv({ text }))}
          />
          <p className="field-effect">{t('lots.payoutColumns')}</p>
        </div>
      </section>
      <section className="card section" aria-labelledby="disposals">
        <h2 id="disposals">{t('lots.disposals')}</h2>
        {book && book.disposals.length === 0 && <p className="muted">{t('lots.noDisposals')}</p>}
        {book && book.disposals.length > 0 && (
          <DisposalTable
            disposals={book.disposals}
            onRemove={(id) => void take((asked) => asked.books.removeDisposal({ id }))}
          />
        )}
        <DisposalForm take={take} />
        <div className="form-row">
          <FileButton
            label={t('lots.disposalsCsv')}
            accept=".csv,text/csv"
            onText={(text) => void take((asked) => asked.books.importDisposalsCsv({ text }))}
          />
          <p className="field-effect">{t('lots.disposalColumns')}</p>
        </div>
      </section>
      <p className="muted earnings-foot">{t('lots.noAdvice')}</p>
    </>
  );
}
