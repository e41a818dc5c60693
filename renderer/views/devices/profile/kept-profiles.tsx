import { Download, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../../i18n/isolate.ts';
import { useAnswer, type Asked } from '../../../link/use-answer.ts';
import { tellFailure, useAsk } from '../../../shell/ask.ts';
import { saveText } from '../../../shell/shell-port.ts';
import { useDevicesPlace } from '../go.ts';
import { ProfileEditor } from './profile-editor.tsx';
import type { Where } from './profile-device.ts';

const askProfiles = (engine: Asked) => engine.devices.ownProfiles({});

/** A file somebody else wrote, and the owner's own profiles: each can be changed, taken out and sent on. A profile is data and runs nothing. */
export function KeptProfiles() {
  const { t } = useTranslation();
  const ask = useAsk();
  const { to, go } = useDevicesPlace();
  const { answer: kept, again } = useAnswer(askProfiles);
  const [text, setText] = useState<string>();
  const use = (family: string, { host, port, unit }: Where) =>
    go(to({ add: 'plant', family, host, ...(port === '' ? {} : { port }), unit }));
  const save = (id: string, file: string) =>
    saveText(`${id}.json`, file).catch((cause: unknown) => tellFailure((cause as Error).message));

  return (
    <section className="card section">
      <h2>{t('profile.own')}</h2>
      {kept?.map(({ id, text: file, usedBy }) => (
        <div key={id} className="group-head">
          <p>
            <strong>
              <bdi dir="ltr">{id}</bdi>
            </strong>{' '}
            <span className="muted">
              {usedBy.length > 0 ? t('profile.usedBy', { names: isolate(usedBy.join(', ')) }) : t('profile.unused')}
            </span>
          </p>
          <p className="form-actions">
            <button type="button" className="button small" onClick={() => setText(file)}>
              <Pencil size={14} aria-hidden />
              {t('profile.edit')} <span className="visually-hidden">{id}</span>
            </button>
            <button type="button" className="button small" onClick={() => void save(id, file)}>
              <Download size={14} aria-hidden />
              {t('profile.export')} <span className="visually-hidden">{id}</span>
            </button>
            <button
              type="button"
              className="button small"
              disabled={usedBy.length > 0}
              onClick={() => void ask((engine) => engine.devices.removeProfile({ id })).then(again)}
            >
              <Trash2 size={14} aria-hidden />
              {t('profile.remove')} <span className="visually-hidden">{id}</span>
            </button>
          </p>
        </div>
      ))}
      <label className="field">
        <span>{t('profile.import')}</span>
        <input
          type="file"
          aria-label={t('profile.file')}
          accept=".json,application/json"
          onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
        />
      </label>
      {text !== undefined && <ProfileEditor text={text} onText={setText} onSaved={use} />}
    </section>
  );
}
