import { useTranslation } from 'react-i18next';
import { Commissioning } from '../devices/commissioning.tsx';

export function CheckStep({ onNext }: { onNext(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <Commissioning />
      <p className="form-actions">
        <button type="button" className="button" onClick={onNext}>
          {t('connect.next')}
        </button>
      </p>
    </>
  );
}
