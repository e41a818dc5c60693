import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input:not([type=range]), select, textarea, [contenteditable]');

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
            event.preventDefault();
            act();
          },
        ]),
      ),
    ),
  );
}
