import { useTranslation } from 'react-i18next';
import { DeviceGroups } from '../devices/device-groups.tsx';

/** Plant and meters, or miners: what is there, and the way to add more. */
export function DevicesStep({ kind, onNext }: { kind: 'plant' | 'load'; onNext(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="muted">{t(kind === 'load' ? 'connect.minersHint' : 'connect.devicesHint')}</p>
      <DeviceGroups kinds={[kind]} />
      <p className="form-actions">
        <button type="button" className="button" onClick={onNext}>
          {t('connect.next')}
        </button>
      </p>
    </>
  );
}
