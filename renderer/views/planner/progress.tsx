import { useTranslation } from 'react-i18next';
import type { Run } from '#shared/contract/planner.ts';
import { useAsk } from '../../shell/ask.ts';

/** How far a run is, and the way to stop it. */
export function Progress({ run, label }: { run: Run; label: string }) {
  const { t } = useTranslation();
  const ask = useAsk();
  return (
    <div className="planner-progress">
      <label>
        <span>{label}</span>
        <progress max={1} value={run.progress} />
      </label>
      <button
        type="button"
        className="button small"
        onClick={() => void ask((engine) => engine.planner.cancel({ runId: run.id }))}
      >
        {t('planner.cancel')}
      </button>
    </div>
  );
}
