import { useTranslation } from 'react-i18next';
import type { Run } from '#shared/contract/planner.ts';
import type { Plan } from '#shared/plan.ts';
import { UNKNOWN } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useEngine } from '../../link/use-engine.ts';
import { inWords, tellFailure } from '../../shell/ask.ts';
import { Num } from '../../ui/num.tsx';
import { Progress } from './progress.tsx';

/** So many times the plan's loads, and so many times its battery (or 10 kWh where it has none). */
const COUNTS = [1, 2, 3, 4];
const BATTERY_TIMES = [0, 0.5, 1, 2];
const NO_BATTERY_WH = 10_000;

interface Props {
  plan: Plan;
  run: Run | undefined;
  valid: boolean;
  onStarted: (runId: string) => void;
}

/** Which size takes the most of this surplus: miners across, battery down, one year each. */
export function Sizing({ plan, run, valid, onStarted }: Props) {
  const { t } = useTranslation();
  const engine = useEngine();
  const formats = useFormats(plan.currency);
  const running = run?.state === 'running';
  const start = () => {
    const batteryWh = BATTERY_TIMES.map((times) => times * (plan.battery?.capacityWh ?? NO_BATTERY_WH));
    engine?.planner.startSizing({ plan, counts: COUNTS, batteryWh }).then(
      (answer) => (answer.outcome === 'ok' ? onStarted(answer.runId) : tellFailure(inWords(answer.problems))),
      (cause: unknown) => tellFailure((cause as Error).message),
    );
  };
  const { counts, batteryWh, cells, best } = run?.sizing ?? { counts: [], batteryWh: [], cells: [] };
  return (
    <section className="card section" aria-labelledby="plan-sizing">
      <h2 id="plan-sizing">{t('planner.sizingTitle')}</h2>
      <p className="muted">{t('planner.sizingHint')}</p>
      {running ? (
        <Progress run={run} label={t('planner.working', { p: formats.percent(100 * run.progress) })} />
      ) : (
        <button type="button" className="button" disabled={!valid || plan.loads.length === 0} onClick={start}>
          {t('planner.sizingStart')}
        </button>
      )}
      {cells.length > 0 && (
        <div className="planner-scroll">
          <table className="planner-table grid">
            <thead>
              <tr>
                <th scope="col">{t('planner.sizingCorner')}</th>
                {counts.map((count) => (
                  <th key={count} scope="col">
                    <Num>{`${formats.number(count)} ×`}</Num>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {batteryWh.map((wh) => (
                <tr key={wh}>
                  <th scope="row">
                    <Num>{formats.energy(wh * 1000)}</Num>
                  </th>
                  {counts.map((count) => {
                    const cell = cells.find((each) => each.count === count && each.batteryWh === wh);
                    return (
                      <td key={count} data-good={best?.count === count && best.batteryWh === wh}>
                        <Num>{cell ? formats.percent(100 * cell.usedShare) : UNKNOWN}</Num>
                        <small>
                          <Num>{cell ? formats.money(cell.firstYearMicro) : ''}</Num>
                        </small>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {best && (
        <p>{t('planner.sizingBest', { n: formats.number(best.count), wh: formats.energy(best.batteryWh * 1000) })}</p>
      )}
    </section>
  );
}
