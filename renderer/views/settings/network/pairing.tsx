import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteRole } from '#shared/contract/access.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useWallClock } from '../../../link/site-clock.ts';
import { useAsk } from '../../../shell/ask.ts';
import { SelectField } from '../../devices/add/form-fields.tsx';
import { QrCode } from './qr-code.tsx';

const roles = ['owner', 'viewer'] as const satisfies RemoteRole[];

/** A code that lets one phone in, for a few minutes. */
export function Pairing({ addresses }: { addresses: string[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const nowMs = useWallClock();
  const [role, setRole] = useState<RemoteRole>('owner');
  const [chosen, setChosen] = useState<string>();
  const [code, setCode] = useState<{ url: string; untilMs: number }>();
  const address = addresses.find((each) => each === chosen) ?? addresses[0]!;
  const leftMs = code ? code.untilMs - nowMs : 0;

  const show = () =>
    ask(async (engine) => {
      const offered = await engine.access.pair({ role, address });
      if (offered.outcome === 'refused')
        return { outcome: 'refused', problems: [{ field: 'pairing', message: offered.message }] };
      setCode(offered);
      return offered;
    });

  return (
    <div className="network-pairing">
      <SelectField
        look="setting"
        label={t('network.pairRole')}
        value={role}
        options={roles.map((each) => [each, t(`network.role.${each}`)])}
        onChange={(next) => {
          setRole(next);
          setCode(undefined);
        }}
      />
      {addresses.length > 1 && (
        <SelectField
          look="setting"
          label={t('network.pairAddress')}
          value={address}
          options={addresses.map((each) => [each, each])}
          onChange={(next) => {
            setChosen(next);
            setCode(undefined);
          }}
        />
      )}
      {code && leftMs > 0 ? (
        <figure className="network-code">
          <QrCode text={code.url} label={t('network.code')} />
          <figcaption>
            <p>{t('network.scan')}</p>
            <p className="muted">{t('network.codeLeft', { t: isolate(formats.countdown(leftMs)) })}</p>
            <button type="button" className="button small" onClick={() => setCode(undefined)}>
              {t('network.hideCode')}
            </button>
          </figcaption>
        </figure>
      ) : (
        <button type="button" className="button primary" onClick={() => void show()}>
          {t('network.showCode')}
        </button>
      )}
    </div>
  );
}
