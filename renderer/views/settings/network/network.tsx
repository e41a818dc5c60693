import { useTranslation } from 'react-i18next';
import { useRole } from '../../../link/use-role.ts';
import { useAsk } from '../../../shell/ask.ts';
import { Switch } from '../switch.tsx';
import { CertificateFields } from './certificate-fields.tsx';
import { Pairing } from './pairing.tsx';
import { PasswordField } from './password-field.tsx';
import { Sessions } from './sessions.tsx';
import { ThisDevice } from './this-device.tsx';
import { useAccess } from './use-access.ts';
import './network.css';

/** Who may come in over the network: decided on the computer that runs Spillway; elsewhere one's own part is shown. */
export function Network() {
  const role = useRole();
  if (role === undefined) return null;
  return role === 'local' ? <Doorkeeper /> : <ThisDevice role={role} />;
}

function Doorkeeper() {
  const { t } = useTranslation();
  const access = useAccess();
  const ask = useAsk();
  if (!access) return null;
  const { enabled, hasPassword, addresses, problem } = access;
  return (
    <section className="card section network">
      <h2>{t('network.title')}</h2>
      <p className="muted">{t('network.what')}</p>
      <PasswordField isSet={hasPassword} />
      <div>
        <Switch
          label={t('network.enabled')}
          checked={enabled}
          disabled={!hasPassword}
          onChange={(on) => void ask((engine) => engine.access.change({ enabled: on }))}
        />
        {!hasPassword && <p className="field-effect">{t('network.passwordFirst')}</p>}
      </div>
      {problem !== undefined && (
        <p className="field-problem" role="alert">
          <bdi>{problem}</bdi>
        </p>
      )}
      {addresses.length > 0 && (
        <>
          <div className="field">
            <span>{t('network.addresses')}</span>
            <ul className="network-addresses">
              {addresses.map((address) => (
                <li key={address}>
                  <bdi dir="ltr">{address}</bdi>
                </li>
              ))}
            </ul>
          </div>
          <Pairing addresses={addresses} />
        </>
      )}
      {enabled && <Sessions sessions={access.sessions} />}
      {enabled && access.certificate && <CertificateFields certificate={access.certificate} />}
    </section>
  );
}
