import { useTranslation } from 'react-i18next';
import type { ReasonId } from '#shared/control.ts';

/** The name of a reason; undefined for what is none. */
export function useGuardName(): (id: string) => string | undefined {
  const { t, i18n } = useTranslation();
  return (id) => (i18n.exists(`guard.${id}`) ? t(`guard.${id as ReasonId}`) : undefined);
}
