import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useDurations } from '../../i18n/use-durations.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Figure } from './figure.tsx';
import { ProofFigure } from './proof-figure.tsx';
import { useShowable } from './use-live.ts';

/** A price older than this is shown with its age, ms. */
const OLD_PRICE_MS = 86_400_000;

export function Figures() {
  const { t } = useTranslation();
  return (
    <section className="figures" aria-label={t('now.figures')}>
      <SurplusFigure />
      <AvoidedFigure />
      <EarningsFigure />
      <ProofFigure />
    </section>
  );
}

function SurplusFigure() {
  const { t } = useTranslation();
  const formats = useFormats();
  const decision = useShowable('live')?.decision;
  const surplusW = decision?.surplusW;
  const bound = decision?.surplusIsLowerBound && surplusW !== undefined;
  return (
    <Figure
      label={t('now.surplus')}
      value={surplusW === undefined ? UNKNOWN : `${bound ? '≥ ' : ''}${formats.power(surplusW)}`}
      note={bound ? t('now.surplusHidden') : t('now.surplusLeft')}
    />
  );
}

function AvoidedFigure() {
  const { t } = useTranslation();
  const formats = useFormats();
  const sum = useShowable('today')?.sum;
  const method = useShowable('live')?.decision.potential?.method;
  const curtailed = sum?.flows.curtailed;
  const bound = sum !== undefined && curtailed === undefined;
  const left =
    curtailed === undefined
      ? t('now.curtailedUnknown')
      : t('now.stillCurtailed', { e: isolate(formats.energy(curtailed)) });
  return (
    <Figure
      label={t('now.avoided')}
      value={sum ? `${bound ? '≥ ' : ''}${formats.energy(sum.origin.avoidedCurtailment)}` : UNKNOWN}
      note={sum && (method ? `${left} · ${t(`now.method.${method}`)}` : left)}
    />
  );
}

function EarningsFigure() {
  const { t } = useTranslation();
  const formats = useFormats();
  const duration = useDurations();
  const earnings = useShowable('today')?.sum.earnings;
  const market = useShowable('market');
  const { estimatedMsat, earningsMicro } = earnings ?? {};
  const ageMs = market?.ageMs ?? 0;
  const notes = [
    earningsMicro === undefined
      ? estimatedMsat !== undefined && t('now.noPrice')
      : t('now.estimatedNet', { m: isolate(formats.money(earningsMicro)) }),
    ageMs > OLD_PRICE_MS && t('now.priceAge', { age: isolate(duration(ageMs)) }),
  ];
  return (
    <Figure
      label={t('now.earnings')}
      value={estimatedMsat === undefined ? UNKNOWN : `≈ ${formats.sats(estimatedMsat)}`}
      {...(estimatedMsat !== undefined && { unit: formats.satsUnit ?? t('unit.sats') })}
      note={earnings && notes.filter(Boolean).join(' · ')}
    />
  );
}
