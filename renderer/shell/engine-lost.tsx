import { CircleStop, LogIn, Power, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../i18n/isolate.ts';
import { useDurations } from '../i18n/use-durations.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useHostWord } from '../link/use-host-word.ts';
import { useWallClock } from '../link/site-clock.ts';
import { useConnection, useStream } from '../link/use-engine.ts';
import { restartEngine } from './shell-port.ts';

/** A browser needs this long to connect on a slow day; before it, nothing is wrong, ms. */
const PATIENCE_MS = 4000;

/** Why there is no engine, what the loads do meanwhile, and the way on. */
export function EngineLost() {
  const { t } = useTranslation();
  const { sinceMs } = useConnection();
  const lostMs = useWallClock() - sinceMs;
  const word = useHostWord();

  switch (word?.state) {
    case 'stopping':
      return <Stopping loads={word.loadsRunning} deadlineMs={word.deadlineMs} />;
    case 'ended':
      return (
        <Banner icon={Power} look="info" title={t('lost.ended')}>
          {t('lost.endedNext')}
        </Banner>
      );
    case 'signed-out':
      return (
        <Banner icon={LogIn} look="warn" title={t('lost.signedOut')}>
          {t('lost.signedOutNext')}
        </Banner>
      );
    case 'lost':
    case 'refused':
      return (
        <Banner
          icon={TriangleAlert}
          look="bad"
          title={word.state === 'lost' ? t('lost.crashed') : t('lost.refused', { message: word.message })}
          action={
            <button type="button" className="button small" onClick={restartEngine}>
              {t('lost.restart')}
            </button>
          }
        >
          <WhatLoadsDo lostMs={lostMs} />
        </Banner>
      );
    case undefined:
    case 'starting':
    case 'running':
    case 'restarting':
      return <Reconnecting lostMs={lostMs} />;
  }
}

function Reconnecting({ lostMs }: { lostMs: number }) {
  const { t } = useTranslation();
  const duration = useDurations();
  const { phase } = useConnection();
  if (phase === 'live' || (phase === 'connecting' && lostMs < PATIENCE_MS)) return null;
  return phase === 'lost' ? (
    <Banner icon={TriangleAlert} look="bad" title={t('lost.title', { age: isolate(duration(lostMs)) })}>
      <WhatLoadsDo lostMs={lostMs} />
    </Banner>
  ) : (
    <Banner icon={TriangleAlert} look="bad" title={t('lost.never')} />
  );
}

interface BannerProps {
  icon: LucideIcon;
  look: 'bad' | 'warn' | 'info';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

function Banner({ icon: Icon, look, title, children, action }: BannerProps) {
  return (
    <div className={`banner ${look}`} role="alert">
      <Icon size={20} aria-hidden />
      <p>
        <strong>{title}</strong> {children}
      </p>
      {action}
    </div>
  );
}

/** Counts down to the deadline of an orderly stop. */
function Stopping({ loads, deadlineMs }: { loads: number; deadlineMs: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { sinceMs, phase } = useConnection();
  const wallMs = useWallClock();
  const leftMs = deadlineMs - (phase === 'lost' ? wallMs - sinceMs : 0);
  return (
    <Banner
      icon={CircleStop}
      look="info"
      title={loads > 0 ? t('lost.stopping', { count: loads }) : t('reason.stopping.head')}
    >
      {loads > 0 && leftMs > 0 && t('lost.stoppingFor', { t: isolate(formats.countdown(leftMs)) })}
    </Banner>
  );
}

/** What becomes of each running load now that nobody renews its lease. */
function WhatLoadsDo({ lostMs }: { lostMs: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const loads = useStream('loads');
  const decisions = useStream('live')?.decision.loads;
  const running = loads?.filter(({ health }) =>
    decisions?.some(({ loadId, setpointW }) => loadId === health.id && setpointW > 0),
  );
  return running?.map(({ health: { id, name }, model, hasLease }) => {
    const deviceLeaseS = model?.deviceLeaseS;
    if (!hasLease || deviceLeaseS === undefined) return <span key={id}>{t('lost.byHand', { name })} </span>;
    const leftMs = deviceLeaseS * 1000 - lostMs;
    return (
      <span key={id}>
        {leftMs > 0
          ? t('lost.lease', { name, t: isolate(formats.countdown(leftMs)) })
          : t('lost.leaseOver', { name })}{' '}
      </span>
    );
  });
}
