import { Dam } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export function Brand() {
  const { t } = useTranslation();
  return (
    <p className="brand">
      <Dam size={22} aria-hidden />
      <span>{t('app.name')}</span>
    </p>
  );
}
