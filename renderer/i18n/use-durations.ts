import { useTranslation } from 'react-i18next';
import { useFormats } from './use-formats.ts';

/** "42 s", "7 min", "7 h 12 min", "3 d". */
export function useDurations(): (ms: number) => string {
  const { t } = useTranslation();
  const { quantity } = useFormats();
  return (ms) => {
    const seconds = Math.max(0, Math.round(ms / 1000));
    if (seconds < 60) return quantity(seconds, t('unit.s'));
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return quantity(minutes, t('unit.min'));
    const hours = Math.floor(minutes / 60);
    if (hours >= 48) return quantity(Math.floor(hours / 24), t('unit.d'));
    const rest = minutes % 60;
    return rest === 0
      ? quantity(hours, t('unit.h'))
      : `${quantity(hours, t('unit.h'))} ${quantity(rest, t('unit.min'))}`;
  };
}
