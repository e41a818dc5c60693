import { useTranslation } from 'react-i18next';
import type { RemoteRole } from '#shared/contract/access.ts';
import { tellFailure } from '../../../shell/ask.ts';

/** On a phone: what it may do, and how it leaves. */
export function ThisDevice({ role }: { role: RemoteRole }) {
  const { t } = useTranslation();
  const leave = () =>
    fetch('/logout', { method: 'POST' }).then(
      () => window.location.replace('/login'),
      (cause: unknown) => tellFailure(String(cause)),
    );
  return (
    <section className="card section">
      <h2>{t('network.thisDevice')}</h2>
      <p>{t(`network.may.${role}`)}</p>
      <p className="muted">{t('network.elsewhere')}</p>
      <p>
        <button type="button" className="button" onClick={() => void leave()}>
          {t('network.leave')}
        </button>
      </p>
    </section>
  );
}
