import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/ledger.ts';
import { orUnknown, UNKNOWN } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';

const kinds = [
  'production',
  'demand',
  'import',
  'export',
  'curtailed',
  'avoided',
  'mined',
  'gridMined',
  'starts',
  'sats',
  'earnings',
] as const;
type Kind = (typeof kinds)[number];

const valueOf: Record<Kind, (row: ReportRow) => number | undefined> = {
  production: ({ flows }) => flows.production,
  demand: ({ flows }) => flows.demand,
  import: ({ flows }) => flows.import,
  export: ({ flows }) => flows.export,
  curtailed: ({ flows }) => flows.curtailed,
  avoided: ({ origin }) => origin.avoidedCurtailment,
  mined: ({ flows }) => flows.draw,
  gridMined: ({ origin }) => origin.gridFed,
  starts: ({ starts }) => starts,
  sats: ({ earnings }) => earnings.estimatedMsat,
  earnings: ({ earnings }) => earnings.earningsMicro,
};

interface Props {
  sum: ReportRow;
  before?: ReportRow | undefined;
  beforeTitle?: string;
}

/** Every sum of the period, each with its change. */
export function Sums({ sum, before, beforeTitle }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const show = useSumText();
  return (
    <dl className="card sums">
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>
            {t(`sum.${kind}`)}
            {kind === 'curtailed' && sum.flows.curtailed !== undefined && sum.flows.curtailedMethod && (
              <small className="muted"> · {t(`now.method.${sum.flows.curtailedMethod}`)}</small>
            )}
          </dt>
          <dd>
            <Num>{show(kind, sum)}</Num>
            {kind === 'curtailed' && (sum.flows.curtailed ?? 0) > 0 && (
              <small className="muted">
                {' '}
                <Num>{`± ${orUnknown(sum.flows.curtailedPlusMinus, formats.energy)}`}</Num>
              </small>
            )}
          </dd>
          {beforeTitle && (
            <dd className="muted sum-change">
              <Change
                now={valueOf[kind](sum)}
                before={before && valueOf[kind](before)}
                text={before ? show(kind, before) : UNKNOWN}
              />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function useSumText(): (kind: Kind, row: ReportRow) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return (kind, row) => {
    const value = valueOf[kind](row);
    if (value === undefined) return UNKNOWN;
    if (kind === 'starts') return formats.number(value);
    if (kind === 'sats') return `≈ ${formats.sats(value)} ${formats.satsUnit ?? t('unit.sats')}`;
    if (kind === 'earnings') return `≈ ${formats.money(value)}`;
    return kind === 'gridMined' ? formats.energyExact(value) : formats.energy(value);
  };
}

function Change({ now, before, text }: { now: number | undefined; before: number | undefined; text: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (now === undefined || before === undefined) return t('sum.was', { value: UNKNOWN });
  const percent = before > 0 && now > 0 ? Math.abs((now / before - 1) * 100) : undefined;
  if (percent === undefined || percent > 999 || Math.round(percent) === 0)
    return t('sum.was', { value: isolate(text) });
  const change = isolate(formats.percent(percent));
  return now > before
    ? t('sum.more', { change, value: isolate(text) })
    : t('sum.less', { change, value: isolate(text) });
}
