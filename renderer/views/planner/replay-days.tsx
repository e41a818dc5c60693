import { useTranslation } from 'react-i18next';
import type { ReplayResult } from '#shared/plan-result.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';

/** Day by day what was mined, what would have been, and what would still be lost, to one scale. */
export function ReplayDays({ days, timeZone }: { days: ReplayResult['days']; timeZone: string }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  if (days.length === 0) return null;
  const most = Math.max(
    1,
    ...days.map(({ happenedDraw, changedDraw, changedLost }) => Math.max(happenedDraw, changedDraw + changedLost)),
  );
  const name = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', timeZone });
  const bar = (what: 'happened' | 'draw' | 'lost', mwh: number) => (
    <span className="month-bar" data-what={what} style={{ inlineSize: `${(100 * mwh) / most}%` }} />
  );
  return (
    <div className="planner-scroll replay-days">
      <table className="planner-table months">
        <thead>
          <tr>
            <th scope="col">{t('planner.replay.day')}</th>
            <th scope="col">{t('planner.replay.mined')}</th>
            <th scope="col">{t('planner.replay.wouldMine')}</th>
            <th scope="col">{t('planner.replay.wouldLose')}</th>
            <th scope="col">{t('planner.toScale')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ startMs, happenedDraw, changedDraw, changedLost }) => (
            <tr key={startMs}>
              <th scope="row">{name.format(startMs)}</th>
              {[happenedDraw, changedDraw, changedLost].map((mwh, i) => (
                <td key={i}>
                  <Num>{formats.energy(mwh)}</Num>
                </td>
              ))}
              <td className="month-bars" aria-hidden>
                {bar('happened', happenedDraw)}
                <span className="month-stack">
                  {bar('draw', changedDraw)}
                  {bar('lost', changedLost)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
