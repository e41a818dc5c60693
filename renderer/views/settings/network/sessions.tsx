import { useTranslation } from 'react-i18next';
import type { AccessSession } from '#shared/contract/access.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useAsk } from '../../../shell/ask.ts';

/** Who is let in, and the way to show somebody out. */
export function Sessions({ sessions }: { sessions: AccessSession[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  return (
    <div className="field">
      <h3>{t('network.devices')}</h3>
      {sessions.length === 0 && <p className="muted">{t('network.noDevices')}</p>}
      <ul className="network-sessions">
        {sessions.map(({ id, name, role, seenMs, expiresMs }) => (
          <li key={id}>
            <span>
              <bdi>{name}</bdi>
              <small className="muted">
                {t(`network.role.${role}`)} · {t('network.seen', { d: formats.date(seenMs, 'short') })} ·{' '}
                {t('network.until', { d: formats.date(expiresMs, 'short') })}
              </small>
            </span>
            <button
              type="button"
              className="button small"
              aria-label={t('network.endNamed', { name })}
              onClick={() => void ask((engine) => engine.access.endSession({ id }))}
            >
              {t('network.end')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
