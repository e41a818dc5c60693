import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desktop } from '#shared/contract/shell.ts';
import { tellFailure } from '../../shell/ask.ts';
import { changeDesktop, desktop } from '../../shell/shell-port.ts';
import { Switch } from './switch.tsx';
import { UpdateFields } from './update-fields.tsx';

/** What the computer itself does; a browser has nothing to say there. */
export function DesktopSettings() {
  const { t } = useTranslation();
  const [now, setNow] = useState<Desktop>();
  const take = (asked: Promise<Desktop | undefined> | undefined) =>
    asked?.then(setNow, (cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause)));
  useEffect(() => void take(desktop()), []);
  if (!now) return null;
  return (
    <section className="card section">
      <h2>{t('settings.computer')}</h2>
      <Switch
        label={t('settings.startAtLogin')}
        checked={now.startAtLogin}
        onChange={(startAtLogin) => void take(changeDesktop({ startAtLogin }))}
      />
      <Switch
        label={t('settings.asksOnClose')}
        checked={now.asksOnClose}
        onChange={(asksOnClose) => void take(changeDesktop({ asksOnClose }))}
      />
      <UpdateFields wanted={now.updates} onChange={(updates) => void take(changeDesktop({ updates }))} />
    </section>
  );
}
