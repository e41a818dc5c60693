import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PASSWORD_LENGTH } from '#shared/contract/access.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useAsk } from '../../../shell/ask.ts';

/** Sets the password of the network; it is never shown again. */
export function PasswordField({ isSet }: { isSet: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  if (isSet && !open) {
    return (
      <p className="network-row">
        <span>{t('network.passwordSet')}</span>
        <button type="button" className="button small" onClick={() => setOpen(true)}>
          {t('network.changePassword')}
        </button>
      </p>
    );
  }

  async function save(event: SyntheticEvent) {
    event.preventDefault();
    if (!(await ask((engine) => engine.access.setPassword({ password })))) return;
    setPassword('');
    setOpen(false);
  }

  return (
    <form className="network-password" onSubmit={(event) => void save(event)}>
      <label className="field">
        <span>{t('network.password')}</span>
        <input
          type="password"
          autoComplete="new-password"
          minLength={PASSWORD_LENGTH}
          maxLength={200}
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          aria-describedby="network-password-hint"
        />
      </label>
      <p className="field-effect" id="network-password-hint">
        {t('network.passwordHint', { count: PASSWORD_LENGTH, n: formats.number(PASSWORD_LENGTH) })}{' '}
        {isSet && t('network.passwordEnds')}
      </p>
      <button type="submit" className="button" disabled={password.length < PASSWORD_LENGTH}>
        {t('network.savePassword')}
      </button>
    </form>
  );
}
