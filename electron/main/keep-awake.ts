import { powerSaveBlocker } from 'electron';

/** Holds the computer awake while it is wanted; repeated wishes change nothing. */
export function createKeepAwake(): (wanted: boolean) => void {
  let held: number | undefined;
  return (wanted) => {
    if (wanted && held === undefined) held = powerSaveBlocker.start('prevent-app-suspension');
    if (!wanted && held !== undefined) {
      powerSaveBlocker.stop(held);
      held = undefined;
    }
  };
}
