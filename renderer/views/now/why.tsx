import { useTranslation } from 'react-i18next';
import type { ReasonId } from '#shared/control.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useReasonText } from '../../i18n/use-reason-text.ts';
import { useSiteNow } from '../../link/site-clock.ts';
import { useConnection } from '../../link/use-engine.ts';
import { PopUp } from '../../ui/pop-up.tsx';
import { Ladder } from './ladder.tsx';
import { headline } from './headline.ts';
import { useHeld } from './use-held.ts';
import { useShowable } from './use-live.ts';

/** One sentence on what the miners do and why, with what would change it. */
export function Why() {
  const { t } = useTranslation();
  const live = useShowable('live');
  const head = useHeld(live && headline(live));
  return (
    <section className="card why" aria-labelledby="why">
      <h2 id="why" className="visually-hidden">
        {t('now.why')}
      </h2>
      {head?.load ? <Sentence {...head} load={head.load} /> : <Instead known={live !== undefined} />}
      {live && live.decision.loads.length > 0 && (
        <PopUp className="button" face={t('now.howSo')} label={t('ladder.title')} placement="bottom end">
          <Ladder live={live} />
        </PopUp>
      )}
    </section>
  );
}

/** What stands there when no load has a reason. */
function Instead({ known }: { known: boolean }) {
  const { t } = useTranslation();
  const { phase } = useConnection();
  if (!known && phase !== 'lost') {
    return (
      <div className="why-text" aria-busy>
        <div className="skeleton" />
        <div className="skeleton" />
      </div>
    );
  }
  return (
    <div className="why-text">
      <p className="why-head">{known ? t('now.noLoads') : t('now.unknown')}</p>
      <p className="muted">{known ? t('now.noLoadsNext') : t('now.unknownNext')}</p>
    </div>
  );
}

type Head = ReturnType<typeof headline>;

/** Reasons under which more power may come. */
const rises: readonly ReasonId[] = ['mining-surplus', 'contracted', 'boost', 'holding-minimum-on'];

function Sentence({ load, running, count, powerW }: Head & { load: NonNullable<Head['load']> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nowMs = useSiteNow() ?? 0;
  const reason = useReasonText();
  const { head, rest } = reason({ ...load.reason, ...(powerW !== undefined && { powerW }) }, nowMs);
  const raiseMs = (load.raiseAtMs ?? 0) - nowMs;
  const stopMs = (load.stopAtMs ?? 0) - nowMs;
  return (
    <div className="why-text" aria-live="polite">
      <p className="why-head">{head}</p>
      <p className="muted">
        {rest}
        {count > 1 && running > 0 && ` ${t('now.some', { running: formats.number(running), count })}`}
        <span aria-live="off">
          {rises.includes(load.reason.id) &&
            raiseMs > 0 &&
            ` ${t('now.mayRise', { t: isolate(formats.countdown(raiseMs)) })}`}
          {load.setpointW > 0 && stopMs > 0 && ` ${t('now.mayStop', { t: isolate(formats.countdown(stopMs)) })}`}
        </span>
      </p>
    </div>
  );
}
