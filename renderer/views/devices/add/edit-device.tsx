import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BackLink } from '../back-link.tsx';
import { useDevicesPlace } from '../go.ts';
import { useFamilies } from '../use-families.ts';
import { DeviceForm } from './device-form.tsx';
import { draftOfDevice, type Device } from './draft.ts';
import { RemoveDevice } from './remove-device.tsx';

export function EditDevice({ id }: { id: string }) {
  const { t } = useTranslation();
  const { site, find, failed } = useFamilies();
  const { home, go } = useDevicesPlace();
  const before = useMemo((): Device | undefined => {
    const plant = site?.devices.find((device) => device.id === id);
    const load = site?.loads.find((device) => device.id === id);
    return plant ? { kind: 'plant', device: plant } : load && { kind: 'load', device: load };
  }, [site, id]);
  const chosen = before && find(before.kind, before.device.family);
  const byHand = before?.device.connection.transport === 'process';
  return (
    <div className="page add">
      <header className="page-head">
        <BackLink to={home} />
        <h1>
          <bdi>{before?.device.name ?? t('view.devices')}</bdi>
        </h1>
      </header>
      {!site && !failed && <div className="skeleton add-skeleton" />}
      {failed && <p className="card notice muted">{t('add.noFamilies')}</p>}
      {site && !before && <p className="card notice muted">{t('add.gone')}</p>}
      {before && !chosen && <p className="card notice muted">{t(byHand ? 'add.byHand' : 'add.familyGone')}</p>}
      {site && before && chosen && (
        <DeviceForm
          key={id}
          chosen={chosen}
          draft={draftOfDevice(before, chosen)}
          before={before}
          site={site}
          onLeave={() => go(home)}
        />
      )}
      {before && <RemoveDevice device={before} />}
    </div>
  );
}
