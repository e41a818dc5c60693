import { useTranslation } from 'react-i18next';
import { Zap } from 'lucide-react';
import type { Site } from '#shared/site.ts';
import { UNKNOWN } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { useAsk } from '../../shell/ask.ts';
import { BoostForm } from './boost-form.tsx';

/** A run beyond the surplus, with an end and its cost said before: the one thing here that can buy energy. */
export function Boost({ site }: { site: Site }) {
  const { t } = useTranslation();
  const boost = useStream('status')?.wish.boost;
  return (
    <section className="card section boost">
      <h2>{t('boost.title')}</h2>
      {boost ? <Running boost={boost} /> : <BoostForm site={site} />}
    </section>
  );
}

type Running = NonNullable<NonNullable<ReturnType<typeof useStream<'status'>>>['wish']['boost']>;

function Running({ boost: { loadId, untilMs } }: { boost: Running }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const usedWh = useStream('live')?.decision.boost?.usedWh;
  const loads = useStream('loads');
  const name = loads?.find(({ health }) => health.id === loadId)?.health.name ?? t('boost.all');
  return (
    <>
      <p aria-live="polite">
        <Zap size={18} aria-hidden /> {t('boost.running', { name, u: isolate(formats.time(untilMs)) })}{' '}
        <span className="muted">
          {t('boost.used', { e: isolate(usedWh === undefined ? UNKNOWN : formats.energyExact(usedWh * 1000)) })}
        </span>
      </p>
      <button type="button" className="button strong" onClick={() => void ask((engine) => engine.control.endBoost({}))}>
        {t('boost.end')}
      </button>
    </>
  );
}
