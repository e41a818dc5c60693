import { TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../i18n/isolate.ts';
import { useDurations } from '../i18n/use-durations.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useWallClock } from '../link/site-clock.ts';
import { useConnection, useStream } from '../link/use-engine.ts';
import { tellFailure, useFailure } from './ask.ts';

/** A browser needs this long to connect on a slow day; before it, nothing is wrong, ms. */
const PATIENCE_MS = 4000;

export function Banners() {
  return (
    <div className="banners">
      <EngineLost />
      <Failure />
    </div>
  );
}

function EngineLost() {
  const { t } = useTranslation();
  const duration = useDurations();
  const { phase, sinceMs } = useConnection();
  const wallMs = useWallClock();
  const lostMs = wallMs - sinceMs;
  if (phase === 'live' || (phase === 'connecting' && lostMs < PATIENCE_MS)) return null;
  return (
    <div className="banner bad" role="alert">
      <TriangleAlert size={20} aria-hidden />
      <p>
        <strong>{phase === 'lost' ? t('lost.title', { age: isolate(duration(lostMs)) }) : t('lost.never')}</strong>{' '}
        {phase === 'lost' && <WhatLoadsDo lostMs={lostMs} />}
      </p>
    </div>
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

function Failure() {
  const { t } = useTranslation();
  const message = useFailure();
  if (!message) return null;
  return (
    <div className="banner warn" role="alert">
      <TriangleAlert size={20} aria-hidden />
      <p>{t('shell.failed', { message })}</p>
      <button
        type="button"
        className="button plain small"
        aria-label={t('shell.dismiss')}
        onClick={() => tellFailure(undefined)}
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
