import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceHealth } from '#shared/device.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useDurations } from '../../i18n/use-durations.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useSiteNow } from '../../link/site-clock.ts';
import { useLock } from '../../link/use-lock.ts';
import { PermittedLink } from '../../shell/permitted.tsx';
import { Num } from '../../ui/num.tsx';
import { DeviceIcon } from './device-icon.tsx';
import { DeviceReport } from './device-report.tsx';
import { useDevicesPlace } from './go.ts';

const MEMBERS = { plant: 'devices.savePlant', load: 'devices.saveLoad' } as const;

const looks = {
  connecting: 'info',
  live: 'good',
  slow: 'warn',
  stale: 'warn',
  failing: 'bad',
} as const satisfies Record<DeviceHealth['status'], string>;

function NextTry({ atMs }: { atMs: number | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nowMs = useSiteNow();
  if (atMs === undefined || nowMs === undefined || atMs <= nowMs) return null;
  return <span className="muted">{t('devices.nextTry', { t: isolate(formats.countdown(atMs - nowMs)) })}</span>;
}

export function DeviceCard({ device, children }: { device: DeviceHealth; children?: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const duration = useDurations();
  const { to } = useDevicesPlace();
  const locked = useLock('devices.report') !== undefined;
  const { id, kind, name, status, address, ageMs, fault, nextTryMs } = device;
  const { roundTripMs, errorPercent, model, firmware, roles } = device;
  return (
    <article className="card device">
      <DeviceIcon device={device} />
      <div className="device-name">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p className="muted">{[...roles.map((role) => t(`role.${role}`)), model].filter(Boolean).join(' · ')}</p>
      </div>
      <p>
        <span className={`badge ${looks[status]}`}>{t(`health.${status}`)}</span>{' '}
        {ageMs !== undefined && <span className="muted">{t('flow.ago', { age: isolate(duration(ageMs)) })}</span>}
      </p>
      <dl>
        <div>
          <dt>{t('devices.address')}</dt>
          <dd>
            <Num>{address}</Num>
          </dd>
        </div>
        {roundTripMs !== undefined && (
          <div>
            <dt>{t('devices.roundTrip')}</dt>
            <dd>
              <Num>{formats.quantity(roundTripMs, 'ms')}</Num>
            </dd>
          </div>
        )}
        {errorPercent !== undefined && (
          <div>
            <dt>{t('devices.errors')}</dt>
            <dd>
              <Num>{formats.percent(errorPercent, 1)}</Num>
            </dd>
          </div>
        )}
        {firmware && (
          <div>
            <dt>{t('devices.firmware')}</dt>
            <dd>
              <Num>{firmware}</Num>
            </dd>
          </div>
        )}
      </dl>
      <div className="device-more">
        {fault && (
          <p className="device-fault">
            <strong>{t(`fault.${fault.kind}`)}</strong> <bdi>{fault.message}</bdi> <NextTry atMs={nextTryMs} />
          </p>
        )}
        {children}
        <div className="device-doings">
          {!locked && <DeviceReport id={id} name={name} />}
          <PermittedLink member={MEMBERS[kind]} href={to({ edit: id })}>
            <Pencil size={14} aria-hidden />
            {t('devices.edit')} <span className="visually-hidden">{name}</span>
          </PermittedLink>
        </div>
      </div>
    </article>
  );
}
