import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '#shared/plan.ts';
import { useEngine } from '../../link/use-engine.ts';
import { tellFailure } from '../../shell/ask.ts';
import { Assumptions } from './assumptions.tsx';
import type { Draft } from './plan-path.ts';
import { PlanActions } from './plan-actions.tsx';
import { Replay } from './replay.tsx';
import { Result } from './result.tsx';
import { Shelf } from './shelf.tsx';
import { Sizing } from './sizing.tsx';
import { StoryChoice } from './story-choice.tsx';
import { useAssumptions, useRuns, useStories } from './use-planner.ts';
import './planner.css';

/** Is it worth it, before buying anything: a plan, its assumptions, a year of it, and the money as ranges. */
export function Planner() {
  const { t } = useTranslation();
  const engine = useEngine();
  const stories = useStories();
  const [draft, setDraft] = useState<Draft>();
  const plan = draft ?? stories?.[0]?.plan;
  const checked = useAssumptions(plan);
  const runs = useRuns();
  const [runId, setRunId] = useState<string>();
  const [sizingId, setSizingId] = useState<string>();
  const [shelfId, setShelfId] = useState<string>();
  const run = runs.find(({ id }) => id === runId);
  const sizing = runs.find(({ id }) => id === sizingId);

  const take = (next: Plan | Draft, from?: string) => {
    setDraft(next);
    setRunId(undefined);
    setSizingId(undefined);
    setShelfId(from);
  };
  const takeOwn = () => {
    engine?.planner.fromSite({}).then(
      ({ plan: own }) => take(own),
      (cause: unknown) => tellFailure((cause as Error).message),
    );
  };

  if (!stories || !plan) return <div className="page skeleton planner-skeleton" />;
  const story = stories.find(({ id }) => id === plan['story']);
  return (
    <div className="page planner">
      <header className="page-head">
        <h1>{t('view.planner')}</h1>
        <p className="muted">{t('planner.what')}</p>
      </header>
      <StoryChoice stories={stories} chosen={story?.id} onStory={({ plan: ready }) => take(ready)} onOwn={takeOwn} />
      {story && !story.surplus && <p className="card notice">{t('planner.notSurplus')}</p>}
      {story && !story.renewable && <p className="card notice">{t('planner.notRenewable')}</p>}
      <PlanActions
        plan={plan}
        run={run}
        valid={checked.problems.length === 0}
        shelfId={shelfId}
        onStarted={setRunId}
        onSaved={setShelfId}
      />
      {run?.result && <Result result={run.result} plan={plan as Plan} partial={run.state === 'running'} />}
      <Sizing plan={plan as Plan} run={sizing} valid={checked.problems.length === 0} onStarted={setSizingId} />
      <Replay />
      <Assumptions plan={plan} checked={checked} onChange={(next) => setDraft(next)} />
      <Shelf onOpen={take} />
    </div>
  );
}
