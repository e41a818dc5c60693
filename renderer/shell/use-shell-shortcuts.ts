import { changePreferences, preferences } from '../preferences/preferences.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useAsk } from './ask.ts';
import { addressOf, views } from './place.ts';

/** Keys that work in every view. */
export function useShellShortcuts(): void {
  const ask = useAsk();
  useShortcuts({
    ...Object.fromEntries(
      views.map((view, i) => [`$mod+Digit${i + 1}`, () => (window.location.hash = addressOf(view))]),
    ),
    '$mod+Period': () => void ask((engine) => engine.control.stop({})),
    '$mod+Shift+KeyM': () => document.querySelector<HTMLElement>('.strip .mode')?.click(),
    KeyH: () => changePreferences({ hideAmounts: !preferences().hideAmounts }),
  });
}
