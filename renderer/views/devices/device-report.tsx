import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../link/use-engine.ts';
import { tellFailure } from '../../shell/ask.ts';
import { saveText } from '../../shell/shell-port.ts';

/** The last reply as the device gave it beside what Spillway made of it; fit to be sent, because private data is blanked. */
export function DeviceReport({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const engine = useEngine();
  const [text, setText] = useState<string>();

  async function read() {
    if (!engine) return;
    try {
      const report = await engine.devices.report({ id });
      setText(report.outcome === 'ok' ? report.text : report.message);
    } catch (cause) {
      tellFailure(cause instanceof Error ? cause.message : String(cause));
    }
  }

  const save = (told: string) =>
    saveText(`spillway-${id}.json`, told).catch((cause: unknown) => tellFailure((cause as Error).message));

  return (
    <details
      className="device-report"
      onToggle={(event) => {
        if (event.currentTarget.open) void read();
      }}
    >
      <summary>{t('report.title')}</summary>
      {text !== undefined && (
        <>
          <p className="muted">{t('report.blanked')}</p>
          <textarea readOnly dir="ltr" rows={16} value={text} aria-label={t('report.of', { name })} />
          <p className="form-actions">
            <button type="button" className="button small" onClick={() => void read()}>
              {t('report.again')}
            </button>
            <button type="button" className="button small" onClick={() => void save(text)}>
              {t('report.save')}
            </button>
          </p>
        </>
      )}
    </details>
  );
}
