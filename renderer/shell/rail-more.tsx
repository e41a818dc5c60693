import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { View } from '#shared/views.ts';
import { addressOf, usePlace } from './place.ts';

/** Views that a phone's bottom bar has no room for. */
const tucked: readonly View[] = ['devices', 'planner', 'settings'];

export function RailMore() {
  const { t } = useTranslation();
  const { view: shown } = usePlace();
  return (
    <MenuTrigger>
      <Button className="rail-more-button" data-current={tucked.includes(shown) || undefined}>
        <Ellipsis size={20} aria-hidden />
        <span>{t('shell.more')}</span>
      </Button>
      <Popover className="popover menu" placement="top end">
        <Menu aria-label={t('shell.more')}>
          {tucked.map((view) => (
            <MenuItem key={view} className="menu-item plain-item" href={addressOf(view)}>
              {t(`view.${view}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
