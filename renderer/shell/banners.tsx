import { TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { tellFailure, useFailure } from './ask.ts';
import { EngineLost } from './engine-lost.tsx';

export function Banners() {
  return (
    <div className="banners">
      <EngineLost />
      <Failure />
    </div>
  );
}

function Failure() {
  const { t } = useTranslation();
  const message = useFailure();
  if (!message) return null;
  return (
    <div className="banner warn" role="alert">
      <TriangleAlert size={20} aria-hidden />
      <p>{t('shell.failed', { message })}</p>
      <button
        type="button"
        className="button plain small"
        aria-label={t('shell.dismiss')}
        onClick={() => tellFailure(undefined)}
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
