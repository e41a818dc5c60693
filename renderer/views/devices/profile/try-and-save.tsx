import { useTranslation } from 'react-i18next';
import { LiveTest, type LiveTestResult } from '../add/live-test.tsx';

interface Props {
  problems: readonly string[];
  result: LiveTestResult | undefined;
  busy: boolean;
  onSave(): void;
}

/** The end of a profile's form: what is wrong with it, what the device said, and only then the way to keep it. */
export function TryAndSave({ problems, result, busy, onSave }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {problems.length > 0 && (
        <ul className="field-problem" role="alert">
          {problems.map((problem) => (
            <li key={problem}>
              <bdi>{problem}</bdi>
            </li>
          ))}
        </ul>
      )}
      {result && <LiveTest result={result} />}
      <p className="form-actions">
        <button type="submit" className={`button${result ? '' : ' primary'}`} disabled={busy}>
          {t(busy ? 'test.running' : result ? 'test.again' : 'test.start')}
        </button>
        {result?.tried.outcome === 'ok' && (
          <button type="button" className="button primary" disabled={busy} onClick={onSave}>
            {t('profile.save')}
          </button>
        )}
      </p>
    </>
  );
}
