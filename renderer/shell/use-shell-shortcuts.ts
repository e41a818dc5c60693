import { changePreferences, preferences } from '../preferences/preferences.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useAsk } from './ask.ts';
import { views } from '#shared/views.ts';
import { addressOf } from './place.ts';

/** Keys that work in every view. */
export function useShellShortcuts(showKeys: () => void): void {
  const ask = useAsk();
  useShortcuts({
    ...Object.fromEntries(
      views.map((view, i) => [`$mod+Digit${i + 1}`, () => (window.location.hash = addressOf(view))]),
    ),
    '$mod+Period': () => void ask((engine) => engine.control.stop({})),
    '$mod+Shift+KeyM': () => document.querySelector<HTMLElement>('.strip .mode')?.click(),
    F6: () => nextRegion(1),
    'Shift+F6': () => nextRegion(-1),
    'Shift+?': showKeys,
    KeyH: () => changePreferences({ hideAmounts: !preferences().hideAmounts }),
  });
}

/** The page's regions in their order; the one after (or before) the one with the focus gets it. */
function nextRegion(step: 1 | -1) {
  const regions = [...document.querySelectorAll<HTMLElement>('.rail, .strip, main')];
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions.at((here + step + regions.length) % regions.length);
  const first = next?.querySelector<HTMLElement>('a[aria-current], a, button:not([disabled]), input, select');
  (next?.tagName === 'MAIN' ? next : first)?.focus();
}
