import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Tried, TriedLoad } from '#shared/contract/devices.ts';
import type { Role } from '#shared/device.ts';
import type { LoadReading, PlantReading } from '#shared/reading.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useDurations } from '../../../i18n/use-durations.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { useWallClock } from '../../../link/site-clock.ts';
import { Num } from '../../../ui/num.tsx';

export interface LiveTestResult {
  tried: Tried | TriedLoad;
  roles: readonly Role[];
  atMs: number;
}

/** What a role needs of a reading; what is not told is named. */
const NEEDED: Record<Role, readonly (Quantity | 'generatorRunning')[]> = {
  production: ['production'],
  battery: ['charge', 'discharge', 'soc'],
  grid: ['import', 'export'],
  demand: ['demand'],
  generator: ['generatorRunning'],
};

const UNITS = {
  production: 'W',
  potential: 'W',
  import: 'W',
  export: 'W',
  charge: 'W',
  discharge: 'W',
  soc: '%',
  demand: 'W',
  exportLimit: 'W',
  productionLimit: 'W',
  gridVoltage: 'V',
  gridFrequency: 'Hz',
  productionTotal: 'Wh',
  importTotal: 'Wh',
  exportTotal: 'Wh',
  draw: 'W',
  hashrate: 'TH/s',
  temperature: '°C',
  powerTarget: 'W',
  powerMin: 'W',
  powerMax: 'W',
  fanRpm: '/min',
} as const satisfies Partial<Record<keyof PlantReading | keyof LoadReading, string>>;
type Quantity = keyof typeof UNITS;

function valueOf(formats: Formats, quantity: Quantity, value: number): string {
  const unit = UNITS[quantity];
  if (unit === 'W') return formats.power(value);
  if (unit === 'Wh') return formats.energy(value * 1000);
  if (unit === '%') return formats.percent(value);
  return formats.quantity(value, unit, unit === 'Hz' ? 2 : unit === 'V' || unit === 'TH/s' ? 1 : 0);
}

/** What the device said, at once: each value with its unit, what it does not tell, or what went wrong and what to do. */
export function LiveTest({ result: { tried, roles, atMs } }: { result: LiveTestResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const duration = useDurations();
  const nowMs = useWallClock();
  const age = t('flow.ago', { age: isolate(duration(Math.max(0, nowMs - atMs))) });
  if (tried.outcome === 'failed') {
    return (
      <div className="live-test bad" role="alert">
        <CircleAlert size={20} aria-hidden />
        <p>
          <strong>{t(`fault.${tried.fault.kind}`)}</strong> <bdi>{tried.fault.message}</bdi>{' '}
          <span className="muted">{age}</span>
        </p>
      </div>
    );
  }
  const reading: PlantReading & LoadReading = tried.reading;
  const shown = (Object.keys(UNITS) as Quantity[]).filter((quantity) => reading[quantity] !== undefined);
  const seen = 'seen' in tried ? tried.seen : undefined;
  const missing = roles.flatMap((role) => NEEDED[role]).filter((quantity) => reading[quantity] === undefined);
  return (
    <div className="live-test good">
      <CircleCheck size={20} aria-hidden />
      <div>
        <output>
          <strong>{t('test.answers')}</strong>{' '}
          {reading.model && <bdi dir="ltr">{[reading.model, reading.firmware].filter(Boolean).join(' · ')}</bdi>}{' '}
          <span className="muted">{age}</span>
        </output>
        <dl className="readings">
          {shown.map((quantity) => (
            <div key={quantity}>
              <dt>{t(`quantity.${quantity}`)}</dt>
              <dd>
                <Num>{valueOf(formats, quantity, reading[quantity] ?? 0)}</Num>
                {seen && <Range range={seen.ranges[quantity]} told={(value) => valueOf(formats, quantity, value)} />}
              </dd>
            </div>
          ))}
          {reading.state && (
            <div>
              <dt>{t('test.state')}</dt>
              <dd>{t(`loadState.${reading.state}`)}</dd>
            </div>
          )}
        </dl>
        {seen && seen.readings > 1 && (
          <p className="muted">
            {t('test.seen', {
              readings: isolate(formats.number(seen.readings)),
              missed: isolate(formats.number(seen.missed)),
            })}
          </p>
        )}
        {missing.length > 0 && (
          <p className="field-problem">
            {t('test.missing', { what: missing.map((quantity) => t(`quantity.${quantity}`)).join(', ') })}
          </p>
        )}
        {'capabilities' in tried && !tried.capabilities.levels && <p className="field-problem">{t('test.noLevels')}</p>}
      </div>
    </div>
  );
}

interface RangeProps {
  range: { least: number; most: number } | undefined;
  told(value: number): string;
}

/** Between what a value moved while it was watched; nothing where it stood still. */
function Range({ range, told }: RangeProps) {
  if (!range || told(range.least) === told(range.most)) return null;
  return (
    <small className="muted">
      <Num>{`${told(range.least)} … ${told(range.most)}`}</Num>
    </small>
  );
}
