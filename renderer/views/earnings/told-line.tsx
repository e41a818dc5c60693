import { useTranslation } from 'react-i18next';
import type { Told } from './use-asked.ts';

/** What came of the last import or entry. */
export function ToldLine({ told }: { told: Told | undefined }) {
  const { t } = useTranslation();
  if (!told) return null;
  if (told.problem !== undefined)
    return (
      <p className="field-problem" role="alert">
        {told.problem}
      </p>
    );
  const { added = 0, skipped = 0 } = told.done ?? {};
  return <output>{t('books.taken', { added, skipped })}</output>;
}
