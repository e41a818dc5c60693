import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { PermittedLink } from '../../shell/permitted.tsx';
import { DeviceCard } from './device-card.tsx';
import { useDevicesPlace } from './go.ts';
import { LoadFacts } from './load-facts.tsx';
import './devices.css';

/** Every device with its health in words, and what to do about it. */
export function DeviceGroups({ kinds }: { kinds: readonly ('plant' | 'load')[] }) {
  const { t } = useTranslation();
  const health = useStream('health');
  const loads = useStream('loads');
  const plant = health?.filter(({ kind }) => kind === 'plant');
  const minerHealth = loads?.map((load) => ({
    load,
    health: health?.find(({ id }) => id === load.health.id) ?? load.health,
  }));
  return (
    <>
      {kinds.includes('plant') && (
        <Group kind="plant" title={t('devices.plant')} empty={t('devices.noPlant')} count={plant?.length}>
          {plant?.map((device) => (
            <DeviceCard key={device.id} device={device} />
          ))}
        </Group>
      )}
      {kinds.includes('load') && (
        <Group kind="load" title={t('devices.miners')} empty={t('devices.noMiners')} count={minerHealth?.length}>
          {minerHealth?.map(({ load, health: device }) => (
            <DeviceCard key={device.id} device={device}>
              <LoadFacts load={load} />
            </DeviceCard>
          ))}
        </Group>
      )}
    </>
  );
}

interface GroupProps {
  kind: 'plant' | 'load';
  title: string;
  empty: string;
  count: number | undefined;
  children: ReactNode;
}

function Group({ kind, title, empty, count, children }: GroupProps) {
  const { t } = useTranslation();
  const { to } = useDevicesPlace();
  return (
    <section className="device-group">
      <div className="group-head">
        <h2>{title}</h2>
        <PermittedLink member={kind === 'load' ? 'devices.saveLoad' : 'devices.savePlant'} href={to({ add: kind })}>
          <Plus size={16} aria-hidden />
          {t(kind === 'load' ? 'devices.addLoad' : 'devices.addPlant')}
        </PermittedLink>
      </div>
      {count === undefined && <div className="skeleton device-skeleton" />}
      {count === 0 && <p className="card notice muted">{empty}</p>}
      {children}
    </section>
  );
}
