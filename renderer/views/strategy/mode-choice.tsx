import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { useAsk } from '../../shell/ask.ts';

const modes = ['off', 'observe', 'surplus'] as const;

/** Safe is one click: no mode here can buy energy. */
export function ModeChoice() {
  const { t } = useTranslation();
  const mode = useStream('status')?.wish.mode;
  const ask = useAsk();
  return (
    <fieldset className="card section mode-choice">
      <legend className="visually-hidden">{t('shell.mode')}</legend>
      {modes.map((each) => (
        <div key={each}>
          <input
            type="radio"
            name="mode"
            id={`mode-${each}`}
            aria-describedby={`mode-${each}-hint`}
            checked={mode === each}
            disabled={!mode}
            onChange={() => void ask((engine) => engine.control.setMode({ mode: each }))}
          />
          <label htmlFor={`mode-${each}`}>{t(`mode.${each}`)}</label>
          <p id={`mode-${each}-hint`} className="field-effect">
            {t(`modeHint.${each}`)}
          </p>
        </div>
      ))}
    </fieldset>
  );
}
