import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '#shared/plan.ts';
import type { PlanResult } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useEngine } from '../../link/use-engine.ts';
import { tellFailure, useAsk } from '../../shell/ask.ts';
import { Compared } from './compared.tsx';
import { useShelf } from './use-planner.ts';

/** At most so many plans side by side. */
const MOST = 6;

export type ComparedPlan = { id: string; name: string; currency: string; result?: PlanResult | undefined };

/** Plans that were kept: to open, to lay side by side, to remove. */
export function Shelf({ onOpen }: { onOpen: (plan: Plan, id: string) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const engine = useEngine();
  const ask = useAsk();
  const saved = useShelf();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [compared, setCompared] = useState<ComparedPlan[]>();
  const failed = (cause: unknown) => tellFailure((cause as Error).message);
  if (saved.length === 0) return null;

  const open = (id: string) => {
    engine?.planner.open({ id }).then((answer) => {
      if (answer.outcome === 'ok') onOpen(answer.saved.plan, id);
      else tellFailure(answer.problems.map(({ message }) => message).join('; '));
    }, failed);
  };
  const compare = () => {
    const ids = saved.map(({ id }) => id).filter((id) => picked.includes(id));
    engine?.planner.compare({ ids }).then(setCompared, failed);
  };
  const pick = (id: string) =>
    setPicked((now) => (now.includes(id) ? now.filter((each) => each !== id) : [...now, id].slice(-MOST)));

  return (
    <section className="card section" aria-labelledby="plan-shelf">
      <h2 id="plan-shelf">{t('planner.shelf')}</h2>
      <ul className="shelf">
        {saved.map(({ id, name, savedMs }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={picked.includes(id)} onChange={() => pick(id)} /> <strong>{name}</strong>{' '}
              <span className="muted">{formats.date(savedMs)}</span>
            </label>
            <button
              type="button"
              className="button small"
              onClick={() => open(id)}
              aria-label={t('planner.openOf', { name })}
            >
              {t('planner.open')}
            </button>
            <button
              type="button"
              className="button small plain"
              aria-label={t('planner.removeOf', { name })}
              onClick={() => void ask((to) => to.planner.remove({ id }))}
            >
              {t('planner.remove')}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button" disabled={picked.length < 2} onClick={compare}>
        {t('planner.compare')}
      </button>
      {compared && <Compared plans={compared} />}
    </section>
  );
}
