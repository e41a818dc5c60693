import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useStream } from '../../../link/use-engine.ts';
import { Num } from '../../../ui/num.tsx';
import { isolate } from '../../../i18n/isolate.ts';
import { MoneyTable } from '../money-table.tsx';
import { useAsked, type Engine } from '../use-asked.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** What inverter and meter count by themselves beside what was measured: the difference is shown, not hidden. */
export function CounterTable() {
  const { t } = useTranslation();
  const formats = useFormats();
  const dayEndMs = useStream('today')?.dayEndMs ?? 0;
  const ask = useCallback(
    (engine: Engine) => engine.books.counters({ fromMs: dayEndMs - DAYS * DAY_MS, toMs: dayEndMs }),
    [dayEndMs],
  );
  const { value: checks } = useAsked(ask);
  if (!checks) return null;
  return (
    <section className="card section" aria-labelledby="counters">
      <h2 id="counters">{t('pools.counters', { n: DAYS })}</h2>
      <p className="field-effect">{t('pools.countersMean')}</p>
      {checks.length === 0 && <p className="muted">{t('pools.noCounters')}</p>}
      {checks.length > 0 && (
        <MoneyTable
          label={t('pools.counters', { n: DAYS })}
          head={[t('pools.flow'), t('pools.counted'), t('pools.measured'), t('pools.difference'), t('pools.resets')]}
          rows={checks.map(({ quantity, countedMwh, measuredMwh, resets }) => {
            const difference = measuredMwh - countedMwh;
            const share = isolate(formats.percent(countedMwh > 0 ? (Math.abs(difference) / countedMwh) * 100 : 0, 1));
            return {
              key: quantity,
              cells: [
                t(`series.${quantity}`),
                <Num key="counted">{formats.energy(countedMwh)}</Num>,
                <Num key="measured">{formats.energy(measuredMwh)}</Num>,
                t(difference < 0 ? 'pools.less' : 'pools.more', { share }),
                <Num key="resets">{formats.number(resets)}</Num>,
              ],
            };
          })}
        />
      )}
    </section>
  );
}
