import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateState } from '#shared/contract/shell.ts';
import { tellFailure } from '../../shell/ask.ts';
import { installUpdate, watchUpdate } from '../../shell/shell-port.ts';
import { Switch } from './switch.tsx';

/** Whether Spillway updates itself, and what there is; nothing where this build has no source of updates. */
export function UpdateFields({ wanted, onChange }: { wanted: boolean; onChange: (wanted: boolean) => void }) {
  const { t } = useTranslation();
  const [update, setUpdate] = useState<UpdateState>();
  useEffect(() => watchUpdate(setUpdate), []);
  if (!update || update.state === 'none') return null;
  const version = 'version' in update ? update.version : '';
  return (
    <>
      <Switch label={t('settings.updates')} checked={wanted} onChange={onChange} />
      <output>
        {t(`settings.update.${update.state}`, { v: version })}{' '}
        {update.state === 'failed' && <bdi lang="en">{update.message}</bdi>}
      </output>
      {update.state === 'ready' && (
        <>
          {update.notes !== '' && (
            <details>
              <summary>{t('settings.update.notes', { v: version })}</summary>
              <p className="update-notes" lang="en" dir="ltr">
                {update.notes}
              </p>
            </details>
          )}
          <p>
            <button type="button" className="button" onClick={() => void installUpdate().then(tellFailure)}>
              {t('settings.update.install')}
            </button>
          </p>
        </>
      )}
    </>
  );
}
