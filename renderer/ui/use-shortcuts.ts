import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { preferences } from '../preferences/preferences.ts';

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input:not([type=range]), select, textarea, [contenteditable]');

/** A bare character that somebody may type, or say, without meaning a command (WCAG 2.1.4). */
const isCharacter = (key: string) => /^(Key|Digit|Bracket|Shift\+\?)/.test(key);

/** Keys by their place on the keyboard, so that an Arabic layout finds them too; they sleep in fields. */
export function useShortcuts(keys: Record<string, () => unknown>): void {
  useEffect(() =>
    tinykeys(
      window,
      Object.fromEntries(
        Object.entries(keys).map(([key, act]) => [
          key,
          (event: KeyboardEvent) => {
            if (inField(event.target) || (event.repeat && key.startsWith('$mod'))) return;
            if (isCharacter(key) && !preferences().letterKeys) return;
            event.preventDefault();
            act();
          },
        ]),
      ),
    ),
  );
}
