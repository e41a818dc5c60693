import { useTranslation } from 'react-i18next';
import type { Run } from '#shared/contract/planner.ts';
import { useEngine } from '../../link/use-engine.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { inWords, tellFailure } from '../../shell/ask.ts';
import { saveBlob, saveText } from '../../shell/shell-port.ts';
import { Num } from '../../ui/num.tsx';
import type { Draft } from './plan-path.ts';
import { planPng } from './plan-png.ts';
import { Progress } from './progress.tsx';

/** Reused weather years with a thousand futures of price, difficulty and failures on top. */
const FUTURES = 1000;
const WEATHER_YEARS = 6;

interface Props {
  plan: Draft;
  run: Run | undefined;
  valid: boolean;
  /** The saved plan this one came from. */
  shelfId: string | undefined;
  onStarted: (runId: string) => void;
  onSaved: (id: string) => void;
}

export function PlanActions({ plan, run, valid, shelfId, onStarted, onSaved }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const engine = useEngine();
  const running = run?.state === 'running';
  const failed = (cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause));

  const work = () => {
    engine?.planner.start({ plan, futures: FUTURES, weatherYears: WEATHER_YEARS }).then((answer) => {
      if (answer.outcome === 'ok') onStarted(answer.runId);
      else tellFailure(inWords(answer.problems));
    }, failed);
  };
  const save = () => {
    const order = { plan, ...(shelfId && { id: shelfId }), ...(run?.state === 'done' && { runId: run.id }) };
    engine?.planner.save(order).then((answer) => {
      if (answer.outcome === 'ok') onSaved(answer.id);
      else tellFailure(inWords(answer.problems));
    }, failed);
  };
  const exportAs = (format: 'csv' | 'json') => {
    if (!run) return;
    engine?.planner.export({ runId: run.id, format }).then((answer) => {
      if (answer.outcome === 'ok') saveText(answer.name, answer.text).catch(failed);
      else tellFailure(inWords(answer.problems));
    }, failed);
  };
  const exportPicture = async () => {
    const money = run?.result?.money;
    const blob = money && (await planPng(String(plan['name']), money));
    if (blob) saveBlob(`spillway-plan-${String(plan['name']).replace(/[^\p{L}\p{N}]+/gu, '-')}.png`, blob);
  };

  return (
    <div className="card planner-actions">
      <p>
        <strong>{String(plan['name'])}</strong>
      </p>
      {running ? (
        <Progress run={run} label={t('planner.working', { p: formats.percent(100 * run.progress) })} />
      ) : (
        <button type="button" className="button primary" disabled={!valid || !engine} onClick={work}>
          {t('planner.work')}
        </button>
      )}
      <button type="button" className="button" disabled={!valid || running} onClick={save}>
        {t('planner.save')}
      </button>
      {run?.state === 'done' && (
        <>
          <button type="button" className="button plain" onClick={() => exportAs('csv')}>
            <Num>CSV</Num>
          </button>
          <button type="button" className="button plain" onClick={() => exportAs('json')}>
            <Num>JSON</Num>
          </button>
          <button type="button" className="button plain" onClick={() => void exportPicture().catch(failed)}>
            <Num>PNG</Num>
          </button>
          <button type="button" className="button plain" onClick={() => window.print()}>
            {t('planner.print')}
          </button>
        </>
      )}
      {run?.state === 'failed' && (
        <p className="field-problem" role="alert">
          {run.message}
        </p>
      )}
      {run?.state === 'cancelled' && <p className="muted">{t('planner.cancelled')}</p>}
    </div>
  );
}
