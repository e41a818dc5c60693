import { LifeBuoy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../link/use-engine.ts';
import { useRole } from '../../link/use-role.ts';
import { tellFailure } from '../../shell/ask.ts';
import { saveText, shellLog } from '../../shell/shell-port.ts';

/** One click for a file that somebody who helps can read. */
export function Diagnostics() {
  const { t } = useTranslation();
  const engine = useEngine();
  const role = useRole();
  if (role !== 'local' || !engine) return null;
  const save = async () => {
    const { name, text } = await engine.diagnostics.bundle({ shellLog: await shellLog() });
    await saveText(name, text);
  };
  return (
    <>
      <p>
        <button
          type="button"
          className="button"
          onClick={() =>
            void save().then(
              () => tellFailure(undefined),
              (cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause)),
            )
          }
        >
          <LifeBuoy size={16} aria-hidden />
          {t('settings.diagnostics')}
        </button>
      </p>
      <p className="field-effect">{t('settings.diagnosticsHint')}</p>
    </>
  );
}
