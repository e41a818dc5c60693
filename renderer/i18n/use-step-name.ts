import { useTranslation } from 'react-i18next';
import { ReasonId } from '#shared/control.ts';

const named = ['surplus', 'reserve', 'headroom', 'limits', 'level', 'setpoint'] as const;

/** The name of a step of the ladder; a guard's step carries the guard's own headline. */
export function useStepName(): (step: string) => string {
  const { t } = useTranslation();
  return (step) => {
    const known = named.find((each) => each === step);
    if (known) return t(`ladder.step.${known}`);
    const guard = ReasonId.safeParse(step);
    return guard.success ? t(`guard.${guard.data}`) : step;
  };
}
