import { useTranslation } from 'react-i18next';
import { useMedia } from '../ui/use-media.ts';
import { Brand } from './brand.tsx';
import { views } from '#shared/views.ts';
import { addressOf, usePlace } from './place.ts';
import { RailMore } from './rail-more.tsx';
import { routes } from './routes.ts';

export function Rail() {
  const { t } = useTranslation();
  const { view: shown } = usePlace();
  const narrow = useMedia('(max-width: 699px)');
  return (
    <nav className="rail" aria-label={t('shell.views')}>
      <Brand />
      <ul>
        {views.map((view) => {
          const { icon: Icon } = routes[view];
          return (
            <li key={view} className={`rail-${view}`}>
              <a href={addressOf(view)} aria-current={view === shown ? 'page' : undefined}>
                <Icon size={20} aria-hidden />
                <span>{t(`view.${view}`)}</span>
              </a>
            </li>
          );
        })}
        {narrow && (
          <li>
            <RailMore />
          </li>
        )}
      </ul>
    </nav>
  );
}
