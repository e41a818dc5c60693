import { useSyncExternalStore } from 'react';
import { onPreferences } from '../preferences/preferences.ts';

/** A colour token as a canvas can use it: `light-dark()` resolved for the theme of the page. */
export function colourOf(token: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');
function subscribe(listener: () => void) {
  dark.addEventListener('change', listener);
  const stop = onPreferences(listener);
  return () => {
    dark.removeEventListener('change', listener);
    stop();
  };
}

/** Changes whenever the colours on the page may have. */
export const useThemeKey = () =>
  useSyncExternalStore(subscribe, () => `${document.documentElement.dataset['theme']} ${dark.matches}`);

/** The axis font, grown with the root of the page. */
export function chartFont(): { family: string; size: number } {
  const rootPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { family: getComputedStyle(document.body).fontFamily, size: rootPx * 0.75 };
}
