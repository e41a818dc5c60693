import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStream } from '../link/use-engine.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { PopUpButton } from '../ui/pop-up.tsx';

const ModeList = lazyPart(() => import('./mode-list.tsx').then((part) => part.ModeList));

/** @param isFixed it may be seen, not changed */
export function ModeMenu({ isFixed }: { isFixed: boolean }) {
  const { t } = useTranslation();
  const mode = useStream('status')?.wish.mode;
  return (
    <PopUpButton
      className="button mode"
      disabled={!mode || isFixed}
      aria-label={`${t('shell.mode')}: ${mode ? t(`mode.${mode}`) : '–'}`}
      opens="menu"
      overlay={(props) => <ModeList {...props} />}
    >
      {mode ? t(`mode.${mode}`) : '–'}
      <ChevronDown size={16} aria-hidden />
    </PopUpButton>
  );
}
