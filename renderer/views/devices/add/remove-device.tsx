import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../../i18n/isolate.ts';
import { useAsk } from '../../../shell/ask.ts';
import { useDevicesPlace } from '../go.ts';
import type { Device } from './draft.ts';

/** Says what is lost before it is lost: the past in the ledger stays. */
export function RemoveDevice({ device: { kind, device } }: { device: Device }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const { home, go } = useDevicesPlace();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);

  async function remove() {
    setBusy(true);
    const done = await ask((engine) => engine.devices.remove({ id: device.id }));
    setBusy(false);
    if (done) go(home);
  }

  if (!sure)
    return (
      <button type="button" className="button remove" onClick={() => setSure(true)}>
        <Trash2 size={16} aria-hidden />
        {t('add.remove')}
      </button>
    );
  return (
    <section className="card section" role="alert">
      <p>{t(kind === 'load' ? 'add.removeLoad' : 'add.removePlant', { name: isolate(device.name) })}</p>
      <p className="form-actions">
        <button type="button" className="button strong" disabled={busy} onClick={() => void remove()}>
          {t('add.removeNow')}
        </button>
        <button type="button" className="button" onClick={() => setSure(false)}>
          {t('add.keep')}
        </button>
      </p>
    </section>
  );
}
