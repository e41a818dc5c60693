import { useTranslation } from 'react-i18next';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { LockNote, Permitted } from '../../shell/permitted.tsx';
import { NumberUnit } from '../../ui/number-unit.tsx';
import { weeklyWh, type AllowanceValues } from './form-values.ts';
import { DAYS, WeeklyWindows } from './weekly-windows.tsx';

const FRESH: AllowanceValues = { days: DAYS, from: '00:00', to: '06:00', powerW: '1000' };
/** Who may not begin to mine from the grid may not declare bought energy as spare either. */
const MEMBER = 'control.boost';

interface Props {
  value: AllowanceValues[];
  onChange: (value: AllowanceValues[]) => void;
  problem: string | undefined;
}

/** Bought energy that the owner declares as spare, by the calendar: it can be mined, and its cost is said first. */
export function Allowances({ value, onChange, problem }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const importPerKwh = useStream('market')?.importPerKwh;
  const boughtWh = weeklyWh(value);
  const e = isolate(formats.energy(boughtWh * 1000));
  return (
    <section className="card section weekly">
      <h2>{t('strategy.allowances')}</h2>
      <p className="field-effect">{t('settingEffect.allowances')}</p>
      <LockNote member={MEMBER} />
      <Permitted member={MEMBER}>
        <WeeklyWindows
          value={value}
          fresh={FRESH}
          add={t('strategy.addAllowance')}
          problem={problem}
          onChange={onChange}
          more={({ powerW }, change) => (
            <NumberUnit
              unit="W"
              label={t('strategy.allowanceW')}
              min={50}
              step={50}
              value={powerW}
              onChange={(event) => change({ powerW: event.target.value })}
            />
          )}
        />
      </Permitted>
      {boughtWh > 0 && (
        <p className="boost-cost" aria-live="polite">
          {importPerKwh === undefined
            ? t('strategy.allowanceCostUnknown', { e })
            : t('strategy.allowanceCost', { e, m: isolate(formats.money(boughtWh * importPerKwh * 1000)) })}
        </p>
      )}
    </section>
  );
}
