import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Figures } from './figures.tsx';
import { Flow } from './flow/flow.tsx';
import { Why } from './why.tsx';
import './now.css';

const Today = lazy(() => import('./today.tsx').then(({ Today }) => ({ default: Today })));

export function Now() {
  const { t } = useTranslation();
  return (
    <div className="now">
      <h1 className="visually-hidden">{t('view.now')}</h1>
      <Why />
      <Flow />
      <Figures />
      <Suspense fallback={<section className="card today" />}>
        <Today />
      </Suspense>
    </div>
  );
}
