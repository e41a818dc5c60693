import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../../link/use-engine.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { Figures } from './figures.tsx';
import { Flow } from './flow/flow.tsx';
import { Why } from './why.tsx';
import './now.css';

const Today = lazyPart(() => import('./today.tsx').then((part) => part.Today));

/** True once the first figures have been painted: the chart's code and drawing would hold them up. */
function useFiguresShown(): boolean {
  const [shown, setShown] = useState(false);
  const live = useStream('live') !== undefined;
  useEffect(() => {
    if (!live || shown) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => (timer = setTimeout(setShown, 0, true)));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [live, shown]);
  return shown;
}

export function Now() {
  const { t } = useTranslation();
  const figuresShown = useFiguresShown();
  return (
    <div className="now">
      <h1 className="visually-hidden">{t('view.now')}</h1>
      <Why />
      <Flow />
      <Figures />
      <Suspense fallback={<section className="card today" />}>
        {figuresShown ? <Today /> : <section className="card today" />}
      </Suspense>
    </div>
  );
}
