import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';

/** One kilowatt-hour mined beside one exported. */
export function PerKwh({ sum: { earnings, flows } }: { sum: ReportRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const market = useStream('market');
  const kwh = (flows.draw ?? 0) / 1e6;
  if (earnings.estimatedMsat === undefined || kwh === 0) return null;
  const satsPerKwh = earnings.estimatedMsat / 1000 / kwh;
  const sats = formats.number(satsPerKwh, satsPerKwh >= 100 ? 0 : 1);
  const mined = earnings.minedMicro === undefined ? undefined : earnings.minedMicro / 1e6 / kwh;
  const exported = market?.exportPerKwh;
  return (
    <p className="card notice">
      {t('earnings.perKwh', {
        sats: isolate(`${sats} ${t('unit.sats')}`),
        m: mined === undefined ? '–' : isolate(formats.pricePerKwh(mined)),
      })}{' '}
      {exported !== undefined && t('earnings.exported', { m: isolate(formats.pricePerKwh(exported)) })}{' '}
      {market?.snapshot && (
        <span className="muted">
          {t(market.bundled ? 'earnings.bundledPrice' : 'earnings.priceFrom', {
            source: market.snapshot.source,
            date: isolate(`${formats.date(market.snapshot.atMs)}, ${formats.time(market.snapshot.atMs)}`),
          })}
        </span>
      )}
    </p>
  );
}
