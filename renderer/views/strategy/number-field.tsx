import type { UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { NumberUnit } from '../../ui/number-unit.tsx';
import type { FormValues } from './form-values.ts';

interface Props {
  id: 'reserveW' | 'floorPercent' | 'targetPercent' | 'exportLimitW' | 'importLimitW';
  unit: string;
  max?: number;
  step: number;
  register: UseFormRegister<FormValues>;
  problem: string | undefined;
}

/** A number with its unit, its effect in a sentence, and what the engine said against it. */
export function NumberField({ id, unit, max, step, register, problem }: Props) {
  const { t } = useTranslation();
  return (
    <label className="field">
      <span>{t(`setting.${id}`)}</span>
      <NumberUnit
        unit={unit}
        {...(max !== undefined && { max })}
        min={0}
        step={step}
        invalid={problem !== undefined}
        {...register(id)}
      />
      <span className="field-effect">{t(`settingEffect.${id}`)}</span>
      {problem && <span className="field-problem">{problem}</span>}
    </label>
  );
}
