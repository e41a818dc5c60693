import { useTranslation } from 'react-i18next';
import type { LoadView } from '#shared/contract/engine.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { CurvePicture } from './curve-picture.tsx';
import { CurveTable } from './curve-table.tsx';

/** What a load draws and who says so, how often it was started and written to, and what was learned of it. */
export function LoadFacts({
  load: { model, health, startsToday, writesToday, hasLease, learned },
}: {
  load: LoadView;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useStream('live')?.snapshot.loads[health.id];
  const { curve, plugFactor, standbyW } = learned;
  const source = now?.draw ? (now.drawSource ?? 'estimated') : undefined;
  const draw = now?.draw ? isolate(formats.power(now.draw.value)) : '';
  return (
    <>
      {model && (
        <p className="muted">
          {source ? t(`learned.draw.${source}`, { p: draw }) : t('learned.draw.unknown')}{' '}
          {t('devices.starts', { starts: formats.number(startsToday), most: formats.number(model.startsPerDay) })}{' '}
          {t('devices.writes', { writes: formats.number(writesToday) })}{' '}
          {hasLease ? t('devices.lease') : t('devices.noLease')}
        </p>
      )}
      {model?.kind === 'miner' && (
        <details className="device-learned">
          <summary>{t('learned.title')}</summary>
          {curve.length === 0 && <p className="muted">{t('learned.none')}</p>}
          {curve.length > 1 && <CurvePicture name={health.name} curve={curve} />}
          {curve.length > 0 && <CurveTable name={health.name} curve={curve} />}
          {plugFactor !== undefined && <p>{t('learned.factor', { factor: isolate(formats.number(plugFactor, 2)) })}</p>}
          {standbyW !== undefined && <p>{t('learned.standby', { p: isolate(formats.power(standbyW)) })}</p>}
        </details>
      )}
    </>
  );
}
