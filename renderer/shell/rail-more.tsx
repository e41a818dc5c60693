import type { View } from '#shared/views.ts';
import { Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../ui/lazy-part.ts';
import { PopUpButton } from '../ui/pop-up.tsx';
import { usePlace } from './place.ts';

const MoreList = lazyPart(() => import('./more-list.tsx').then((part) => part.MoreList));

/** Views that a phone's bottom bar has no room for. */
const tucked: readonly View[] = ['devices', 'planner', 'settings'];

export function RailMore() {
  const { t } = useTranslation();
  const { view: shown } = usePlace();
  return (
    <PopUpButton
      className="rail-more-button"
      data-current={tucked.includes(shown) || undefined}
      opens="menu"
      overlay={(props) => <MoreList views={tucked} {...props} />}
    >
      <Ellipsis size={20} aria-hidden />
      <span>{t('shell.more')}</span>
    </PopUpButton>
  );
}
