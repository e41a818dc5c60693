import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignCheck } from '#shared/contract/commissioning.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useSiteNow } from '../../link/site-clock.ts';
import { useStream } from '../../link/use-engine.ts';
import { useLock } from '../../link/use-lock.ts';
import { useAsk } from '../../shell/ask.ts';
import { SelectField } from './add/form-fields.tsx';

/** Full width of the bar: what a kettle takes, W. */
const KETTLE_W = 1000;

/** Step by step with a kettle: with a known load on, import must rise, or the battery must give more. */
export function GuidedCheck({ proven }: { proven: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const nowMs = useSiteNow();
  const check = useStream('signCheck');
  const models = useStream('loads')?.flatMap(({ model }) => model ?? []);
  // Only here may a load run before the direction is proven.
  const loads = useLock('control.boost') ? [] : (models ?? []);
  const [load, setLoad] = useState('');
  if (!check) return null;
  const { phase, changeW, untilMs } = check;
  const running = phase === 'baseline' || phase === 'switch-on';
  const left = untilMs === undefined || nowMs === undefined ? undefined : Math.max(0, untilMs - nowMs);
  const share = Math.min(1, Math.max(0, (changeW ?? 0) / KETTLE_W));
  return (
    <div className="direction">
      <output>
        <Said check={check} proven={proven} byLoad={load !== ''} />{' '}
        {running && left !== undefined && <span className="muted">{isolate(formats.countdown(left))}</span>}
      </output>
      {phase === 'switch-on' && (
        <meter
          className="direction-meter"
          min={0}
          max={1}
          value={share}
          aria-label={t('direction.change', { p: formats.power(Math.abs(changeW ?? 0)) })}
        />
      )}
      {running ? (
        <button type="button" className="button small" onClick={() => void ask((e) => e.site.cancelSignCheck({}))}>
          {t('direction.cancel')}
        </button>
      ) : (
        <>
          {loads.length > 0 && (
            <SelectField
              label={t('direction.with')}
              value={load}
              options={[['', t('direction.kettle')], ...loads.map(({ id, name }) => [id, name] as const)]}
              hint={load === '' ? undefined : t('direction.loadHint')}
              onChange={setLoad}
            />
          )}
          <button
            type="button"
            className={`button small${proven ? '' : ' primary'}`}
            onClick={() => void ask((e) => e.site.startSignCheck(load === '' ? {} : { load }))}
          >
            {t(phase === 'idle' && !proven ? 'direction.start' : 'direction.again')}
          </button>
        </>
      )}
    </div>
  );
}

interface SaidProps {
  check: SignCheck;
  proven: boolean;
  byLoad: boolean;
}

function Said({ check: { phase, direction }, proven, byLoad }: SaidProps) {
  const { t } = useTranslation();
  if (phase === 'idle') return proven ? null : t('direction.why');
  if (phase === 'right' || phase === 'swapped') return t(`verdict.${phase}.${direction ?? 'grid'}`);
  if (phase === 'switch-on' && byLoad) return t('direction.loadRuns');
  return t(`direction.${phase}`);
}
