import type { ReactNode } from 'react';
import type { UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { NumberUnit } from '../../ui/number-unit.tsx';
import type { FormValues } from './form-values.ts';

const withoutMarket = ['lost-only', 'all-surplus'] as const;

interface Props {
  currency: string;
  register: UseFormRegister<FormValues>;
  problem: (field: string) => string | undefined;
}

/** What prices decide, as sentences with their numbers in them. */
export function PriceRules({ currency, register, problem }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const exportPerKwh = useStream('market')?.exportPerKwh;
  const marginProblem = problem('marginPerKwh');
  return (
    <section className="card section price-rules">
      <h2>{t('strategy.price')}</h2>
      <ul>
        <li>{t('rule.lost')}</li>
        <li>
          <Sentence text={t('rule.margin', { gap: GAP })}>
            <NumberUnit
              unit={`${currency}/kWh`}
              label={t('setting.marginPerKwh')}
              step={0.001}
              invalid={marginProblem !== undefined}
              {...register('marginPerKwh')}
            />
          </Sentence>
          {marginProblem && <span className="field-problem">{marginProblem}</span>}
          {exportPerKwh !== undefined && (
            <span className="field-effect">
              {t('rule.exportNow', { x: isolate(formats.pricePerKwh(exportPerKwh)) })}
            </span>
          )}
        </li>
        <li>{t('rule.negative')}</li>
        <li>
          <Sentence text={t('rule.without', { gap: GAP })}>
            <select aria-label={t('strategy.withoutMarket')} {...register('withoutMarket')}>
              {withoutMarket.map((each) => (
                <option key={each} value={each}>
                  {t(`withoutMarket.${each}`)}
                </option>
              ))}
            </select>
          </Sentence>
        </li>
      </ul>
    </section>
  );
}

/** Where the control stands in a sentence; every language puts it elsewhere. */
const GAP = '\u0000';

function Sentence({ text, children }: { text: string; children: ReactNode }) {
  const [before, after] = text.split(GAP);
  return (
    <span className="rule">
      <span>{before}</span>
      {children}
      <span>{after}</span>
    </span>
  );
}
