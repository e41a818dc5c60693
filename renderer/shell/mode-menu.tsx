import { Check, ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStream } from '../link/use-engine.ts';
import { useAsk } from './ask.ts';
import { addressOf } from './place.ts';

// Boost has an end and a cost, so it is begun in Strategy; here it is shown, and leads there.
const modes = ['off', 'observe', 'surplus', 'boost'] as const;

/** @param isFixed it may be seen, not changed */
export function ModeMenu({ isFixed }: { isFixed: boolean }) {
  const { t } = useTranslation();
  const mode = useStream('status')?.wish.mode;
  const ask = useAsk();
  return (
    <MenuTrigger>
      <Button
        className="button mode"
        isDisabled={!mode || isFixed}
        aria-label={`${t('shell.mode')}: ${mode ? t(`mode.${mode}`) : '–'}`}
      >
        {mode ? t(`mode.${mode}`) : '–'}
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className="popover menu">
        <Menu
          aria-label={t('shell.mode')}
          selectionMode="single"
          selectedKeys={mode ? [mode] : []}
          disallowEmptySelection
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
    </MenuTrigger>
  );
}
