import { useTranslation } from 'react-i18next';
import { useGuardName } from './use-guard-name.ts';

const named = ['surplus', 'reserve', 'loads-ahead', 'headroom', 'level'] as const;

/** The name of a step of the ladder; the last is the setpoint, with the guard that holds it down. */
export function useStepName(): (step: string) => string {
  const { t } = useTranslation();
  const guardName = useGuardName();
  return (step) => {
    const known = named.find((each) => each === step);
    if (known) return t(`ladder.step.${known}`);
    const guard = guardName(step);
    if (guard === undefined) return step;
    const setpoint = t('ladder.setpoint');
    return step === 'mining-surplus' ? setpoint : `${setpoint} · ${guard}`;
  };
}
