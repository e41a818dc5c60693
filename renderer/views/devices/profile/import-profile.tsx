import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../../link/use-engine.ts';
import { useDevicesPlace } from '../go.ts';

/** A profile that somebody else wrote, as a JSON file; a profile is data and runs nothing. */
export function ImportProfile() {
  const { t } = useTranslation();
  const engine = useEngine();
  const { to, go } = useDevicesPlace();
  const [problems, setProblems] = useState<string[]>([]);

  async function take(file: File | undefined) {
    if (!file || !engine) return;
    try {
      const saved = await engine.devices.saveProfile({ text: await file.text() });
      if (saved.outcome === 'ok') go(to({ add: 'plant', family: saved.family }));
      else setProblems(saved.problems);
    } catch (cause) {
      setProblems([cause instanceof Error ? cause.message : String(cause)]);
    }
  }

  return (
    <section className="card section">
      <h2>{t('profile.import')}</h2>
      <label className="field">
        <span>{t('profile.file')}</span>
        <input type="file" accept=".json,application/json" onChange={(event) => void take(event.target.files?.[0])} />
      </label>
      {problems.length > 0 && (
        <ul className="field-problem" role="alert">
          {problems.map((problem) => (
            <li key={problem}>
              <bdi>{problem}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
