import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export function BackLink({ to }: { to: string }) {
  const { t } = useTranslation();
  return (
    <a className="button plain back" href={to} aria-label={t('add.back')}>
      <ArrowLeft size={20} className="mirrored" aria-hidden />
    </a>
  );
}
