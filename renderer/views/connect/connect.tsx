import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { useAnswer, type Asked } from '../../link/use-answer.ts';
import { addressOf, usePlace } from '../../shell/place.ts';
import { BackLink } from '../devices/back-link.tsx';
import { CheckStep } from './check-step.tsx';
import { DevicesStep } from './devices-step.tsx';
import { LimitsStep } from './limits-step.tsx';
import { OwnSiteWaits } from './site-switch.tsx';
import { SiteStep } from './site-step.tsx';
import { StartStep } from './start-step.tsx';
import { doneSteps, stepOf, steps, type Step } from './steps.ts';
import './connect.css';

const askSite = (engine: Asked) => engine.site.get({});
const at = (step: Step) => addressOf('devices', { connect: step });

/** From the simulated site to the owner's own, one step after the other; each can be come back to. */
export function Connect() {
  const { t } = useTranslation();
  const { params } = usePlace();
  const status = useStream('status');
  const { answer: site, failed, again } = useAnswer(askSite);
  const step = stepOf(params.get('connect'));
  const next = () => {
    window.location.hash = at(steps[steps.indexOf(step) + 1] ?? 'start');
  };
  const simulated = status?.simulated === true;
  const done = site ? doneSteps(site, status?.wish.commissioned === true) : new Set<Step>();

  return (
    <div className="page connect">
      <header className="page-head">
        <BackLink to={addressOf('devices')} />
        <h1>{t('connect.title')}</h1>
      </header>
      <nav aria-label={t('connect.steps')}>
        <ol className="steps">
          {steps.map((each, i) => (
            <li key={each}>
              <a
                href={at(each)}
                aria-current={each === step ? 'step' : undefined}
                data-done={done.has(each) || undefined}
              >
                <span className="step-mark" aria-hidden>
                  {done.has(each) ? <Check size={14} /> : i + 1}
                </span>
                {t(`connect.step.${each}`)}
                {done.has(each) && <span className="visually-hidden"> ({t('connect.done')})</span>}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {failed && (
        <div className="card notice" role="alert">
          <p>{t('connect.noSite')}</p>
          <button type="button" className="button" onClick={again}>
            {t('shell.again')}
          </button>
        </div>
      )}
      {(!site || !status) && !failed && <div className="skeleton add-skeleton" />}
      {site && status && simulated && (step !== 'site' || status.ownSite) && <OwnSiteWaits hasOwn={status.ownSite} />}
      {site && status && step === 'site' && !(simulated && status.ownSite) && (
        <SiteStep key={site.id} before={simulated ? undefined : site} onDone={next} />
      )}
      {site && status && !simulated && (
        <>
          {step === 'devices' && <DevicesStep kind="plant" onNext={next} />}
          {step === 'miners' && <DevicesStep kind="load" onNext={next} />}
          {step === 'check' && <CheckStep onNext={next} />}
          {step === 'limits' && <LimitsStep key={site.id} site={site} onDone={next} />}
          {step === 'start' && <StartStep commissioned={status.wish.commissioned} />}
        </>
      )}
    </div>
  );
}
