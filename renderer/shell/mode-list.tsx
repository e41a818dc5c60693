import { Check } from 'lucide-react';
import { Menu, MenuItem, Popover, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStream } from '../link/use-engine.ts';
import type { OverlayProps } from '../ui/pop-up.tsx';
import { useAsk } from './ask.ts';
import { addressOf } from './place.ts';

// Boost has an end and a cost, so it is begun in Strategy; here it is shown, and leads there.
const modes = ['off', 'observe', 'surplus', 'boost'] as const;

export function ModeList(overlay: OverlayProps) {
  const { t } = useTranslation();
  const mode = useStream('status')?.wish.mode;
  const ask = useAsk();
  return (
    <Popover className="popover menu" {...overlay}>
      <Menu
        aria-label={t('shell.mode')}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- an opened menu takes the focus (WAI-ARIA menu button)
        autoFocus="first"
        selectionMode="single"
        selectedKeys={mode ? [mode] : []}
        disallowEmptySelection
        onClose={() => overlay.onOpenChange(false)}
        onAction={(key) => {
          const next = modes.find((each) => each === key);
          if (next === 'boost') window.location.hash = addressOf('strategy');
          else if (next) void ask((engine) => engine.control.setMode({ mode: next }));
        }}
      >
        {modes.map((each) => (
          <MenuItem key={each} id={each} className="menu-item" textValue={t(`mode.${each}`)}>
            <span aria-hidden>{each === mode && <Check size={18} />}</span>
            <Text slot="label">{t(`mode.${each}`)}</Text>
            <Text slot="description" elementType="small">
              {t(`modeHint.${each}`)}
            </Text>
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
