import { useTranslation } from 'react-i18next';
import type { Earnings, ReportRow } from '#shared/ledger.ts';
import { UNKNOWN } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';

const parts = [
  { id: 'mined', field: 'minedMicro', sign: '' },
  { id: 'forgone', field: 'forgoneExportMicro', sign: '−' },
  { id: 'import', field: 'importCostMicro', sign: '−' },
  { id: 'battery', field: 'batteryCostMicro', sign: '−' },
  { id: 'paidExport', field: 'paidExportAvoidedMicro', sign: '+' },
] as const satisfies { id: string; field: keyof Earnings; sign: string }[];

/** Mined less everything the energy would have brought or cost otherwise, part by part. */
export function Equation({ sum: { earnings } }: { sum: ReportRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { earningsMicro } = earnings;
  const money = (value: number | undefined) => (value === undefined ? UNKNOWN : formats.money(value));
  return (
    <section className="card section equation" aria-labelledby="equation">
      <h2 id="equation" className="visually-hidden">
        {t('earnings.equation')}
      </h2>
      <dl>
        {parts.map(({ id, field, sign }) => (
          <div key={id}>
            <dt>{t(`earnings.part.${id}`)}</dt>
            <dd>
              {sign && <span aria-hidden>{sign}</span>} <Num>{money(earnings[field])}</Num>
            </dd>
          </div>
        ))}
        <div className="equation-result">
          <dt>{t('earnings.result')}</dt>
          <dd>
            <Num>{`≈ ${money(earningsMicro)}`}</Num>
          </dd>
        </div>
      </dl>
      {earningsMicro === undefined && <p className="muted">{t('earnings.unknown')}</p>}
      {earningsMicro !== undefined && earningsMicro < 0 && (
        <p>{t('earnings.loss', { m: isolate(formats.money(-earningsMicro)) })}</p>
      )}
    </section>
  );
}
