import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { DeviceCard } from './device-card.tsx';
import { DirectionCheck } from './direction-check.tsx';
import './devices.css';

/** Every device with its health in words, and what to do about it. */
export function Devices() {
  const { t } = useTranslation();
  const formats = useFormats();
  const health = useStream('health');
  const loads = useStream('loads');
  const plant = health?.filter(({ kind }) => kind === 'plant');
  const minerHealth = loads?.map((load) => ({
    load,
    health: health?.find(({ id }) => id === load.health.id) ?? load.health,
  }));
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('view.devices')}</h1>
      </header>
      <Group title={t('devices.plant')} empty={t('devices.noPlant')} count={plant?.length}>
        {plant?.map((device) => (
          <DeviceCard key={device.id} device={device}>
            {device.roles.includes('grid') && <DirectionCheck />}
          </DeviceCard>
        ))}
      </Group>
      <Group title={t('devices.miners')} empty={t('devices.noMiners')} count={minerHealth?.length}>
        {minerHealth?.map(({ load, health: device }) => (
          <DeviceCard key={device.id} device={device}>
            {load.model && (
              <p className="muted">
                {t('devices.starts', {
                  starts: formats.number(load.startsToday),
                  most: formats.number(load.model.startsPerDay),
                })}{' '}
                {load.hasLease ? t('devices.lease') : t('devices.noLease')}
              </p>
            )}
          </DeviceCard>
        ))}
      </Group>
      <p className="muted">{t('devices.how')}</p>
    </div>
  );
}

interface GroupProps {
  title: string;
  empty: string;
  count: number | undefined;
  children: ReactNode;
}

function Group({ title, empty, count, children }: GroupProps) {
  return (
    <section className="device-group">
      <h2>{title}</h2>
      {count === undefined && <div className="skeleton device-skeleton" />}
      {count === 0 && <p className="card notice muted">{empty}</p>}
      {children}
    </section>
  );
}
