import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  /** Why it could not be saved. */
  problem: string | undefined;
  onSave: () => Promise<void>;
  children: ReactNode;
}

/** A card of fields with one button to save them all. */
export function SaveForm({ title, problem, onSave, children }: Props) {
  const { t } = useTranslation();
  return (
    <form
      className="card section"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave();
      }}
    >
      <h2>{title}</h2>
      {children}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <p>
        <button type="submit" className="button primary">
          {t('books.save')}
        </button>
      </p>
    </form>
  );
}
