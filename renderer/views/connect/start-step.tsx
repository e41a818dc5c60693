import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../shell/ask.ts';
import { addressOf } from '../../shell/place.ts';

const modes = ['observe', 'surplus'] as const;

/** Observing costs nothing and is where a set-up ends unless the owner wants more. */
export function StartStep({ commissioned }: { commissioned: boolean }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const [mode, setMode] = useState<(typeof modes)[number]>('observe');

  async function start() {
    if (await ask((engine) => engine.control.setMode({ mode }))) window.location.hash = addressOf('now');
  }

  return (
    <form
      className="card section"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <fieldset className="fields">
        <legend>{t('connect.how')}</legend>
        {modes.map((each) => (
          <div key={each} className="wide">
            <label className="check">
              <input type="radio" name="start" checked={mode === each} onChange={() => setMode(each)} />
              <span>{t(`mode.${each}`)}</span>
            </label>
            <p className="field-effect">{t(`modeHint.${each}`)}</p>
          </div>
        ))}
      </fieldset>
      {!commissioned && <p className="muted">{t('connect.notProven')}</p>}
      <p className="form-actions">
        <button type="submit" className="button primary">
          {t('connect.start')}
        </button>
      </p>
    </form>
  );
}
