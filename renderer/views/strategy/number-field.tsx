import type { UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Num } from '../../ui/num.tsx';
import type { FormValues } from './form-values.ts';

interface Props {
  id: 'reserveW' | 'floorPercent' | 'targetPercent' | 'exportLimitW' | 'importLimitW' | 'marginPerKwh';
  unit: string;
  min?: number;
  max?: number;
  step: number;
  register: UseFormRegister<FormValues>;
  problem: string | undefined;
}

/** A number with its unit, its effect in a sentence, and what the engine said against it. */
export function NumberField({ id, unit, min, max, step, register, problem }: Props) {
  const { t } = useTranslation();
  return (
    <label className="field">
      <span>{t(`setting.${id}`)}</span>
      <span className="with-unit">
        <input
          type="number"
          inputMode="decimal"
          dir="ltr"
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
          step={step}
          aria-invalid={problem !== undefined}
          {...register(id)}
        />
        <Num>{unit}</Num>
      </span>
      <span className="field-effect">{t(`settingEffect.${id}`)}</span>
      {problem && <span className="field-problem">{problem}</span>}
    </label>
  );
}
