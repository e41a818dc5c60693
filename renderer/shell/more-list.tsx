import { Menu, MenuItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { OverlayProps } from '../ui/pop-up.tsx';
import { addressOf } from './place.ts';
import type { View } from '#shared/views.ts';

export function MoreList({ views, ...overlay }: OverlayProps & { views: readonly View[] }) {
  const { t } = useTranslation();
  return (
    <Popover className="popover menu" placement="top end" {...overlay}>
      <Menu
        aria-label={t('shell.more')}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- an opened menu takes the focus (WAI-ARIA menu button)
        autoFocus="first"
        onClose={() => overlay.onOpenChange(false)}
      >
        {views.map((view) => (
          <MenuItem key={view} className="menu-item plain-item" href={addressOf(view)}>
            {t(`view.${view}`)}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
