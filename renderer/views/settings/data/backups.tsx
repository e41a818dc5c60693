import { useTranslation } from 'react-i18next';
import { isolate } from '../../../i18n/isolate.ts';
import { UNKNOWN } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useLock } from '../../../link/use-lock.ts';
import { useAsk } from '../../../shell/ask.ts';
import { useStream } from '../../../link/use-engine.ts';
import { Num } from '../../../ui/num.tsx';
import { MoneyTable } from '../../earnings/money-table.tsx';
import { useAsked, useTake, type Engine } from '../../earnings/use-asked.ts';

const backupsOf = async (engine: Engine) => ({ ...(await engine.books.backups({})), ...(await engine.books.span({})) });

/** The copies of the ledger; one of them can take its place at the next start, beside which the present one is kept. */
export function Backups() {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const status = useStream('status');
  const { value: known, again } = useAsked(backupsOf);
  const { told, take } = useTake(again);
  const lock = useLock('books.orderRestore');
  const clock = (atMs: number | undefined) =>
    atMs === undefined ? UNKNOWN : `${formats.date(atMs)} ${formats.time(atMs)}`;
  // Going to the site that runs starts the engine anew on it.
  const restart = () => ask((engine) => engine.site.switchTo({ site: status?.simulated ? 'simulated' : 'own' }));
  const backUp = () =>
    ask(async (engine) => {
      const made = await engine.ledger.backUp({});
      again();
      return made.outcome === 'ok'
        ? made
        : { outcome: 'refused', problems: [{ field: t('records.backups'), message: made.message }] };
    });
  return (
    <section className="card section" aria-labelledby="backups">
      <h2 id="backups">{t('records.backups')}</h2>
      <p className="field-effect">{t('records.backupsMean')}</p>
      {known?.ordered !== undefined && (
        <div className="form-row" aria-live="polite">
          <p>
            {t('records.ordered', { name: isolate(known.ordered) })} {t('records.restartMeans')}
          </p>
          <button
            type="button"
            className="button primary"
            disabled={status === undefined}
            onClick={() => void restart()}
          >
            {t('records.restartNow')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => void ask((engine) => engine.books.cancelRestore({})).then(again)}
          >
            {t('records.cancel')}
          </button>
        </div>
      )}
      {known && known.backups.length === 0 && <p className="muted">{t('records.noBackups')}</p>}
      {known && known.backups.length > 0 && (
        <MoneyTable
          label={t('records.backups')}
          head={[t('records.reaches'), t('records.lost'), t('records.size'), t('books.actions')]}
          rows={known.backups.map(({ name, bytes, endMs }) => {
            const lostMs = endMs === undefined || known.endMs === undefined ? undefined : known.endMs - endMs;
            return {
              key: name,
              cells: [
                <bdi key="end">{clock(endMs)}</bdi>,
                <Num key="lost">
                  {lostMs === undefined ? UNKNOWN : formats.quantity(Math.max(0, lostMs) / 3_600_000, t('unit.h'), 1)}
                </Num>,
                <Num key="size">{formats.quantity(bytes / 1e6, 'MB', 1)}</Num>,
                <button
                  key="restore"
                  type="button"
                  className="button small"
                  disabled={lock !== undefined || name === known.ordered}
                  title={lock && t(`locked.${lock}`)}
                  aria-label={t('records.restoreOf', { time: clock(endMs) })}
                  onClick={() => void take((engine) => engine.books.orderRestore({ name }))}
                >
                  {t('records.restore')}
                </button>,
              ],
            };
          })}
        />
      )}
      {told?.problem !== undefined && (
        <p className="field-problem" role="alert">
          {told.problem}
        </p>
      )}
      <p>
        <button type="button" className="button" onClick={() => void backUp()}>
          {t('records.backUpNow')}
        </button>
      </p>
    </section>
  );
}
