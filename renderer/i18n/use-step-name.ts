import { useTranslation } from 'react-i18next';
import { ReasonId } from '#shared/control.ts';

const named = ['surplus', 'reserve', 'loads-ahead', 'headroom', 'level'] as const;

/** The name of a step of the ladder; the last is the setpoint, with the guard that holds it down. */
export function useStepName(): (step: string) => string {
  const { t } = useTranslation();
  return (step) => {
    const known = named.find((each) => each === step);
    if (known) return t(`ladder.step.${known}`);
    const guard = ReasonId.safeParse(step);
    if (!guard.success) return step;
    const setpoint = t('ladder.setpoint');
    return guard.data === 'mining-surplus' ? setpoint : `${setpoint} · ${t(`guard.${guard.data}`)}`;
  };
}
