import { app, dialog } from 'electron';
import type { SettingsStore } from './settings.ts';
import type { Say } from './words.ts';

/** The question of a window that is closed: go on in the background, or stop mining and quit. */
export async function askBeforeHiding(
  settings: SettingsStore,
  hasTray: boolean,
  say: Say,
): Promise<'hide' | 'quit' | 'stay'> {
  if (hasTray && settings.get().keepRunningOnClose) return 'hide';
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    message: say('close.message'),
    detail: say(hasTray ? 'close.tray' : 'close.noTray'),
    buttons: [say('close.keep'), say('close.quit'), say('close.cancel')],
    defaultId: 0,
    cancelId: 2,
    ...(hasTray ? { checkboxLabel: say('close.never') } : {}),
  });
  if (response === 2) return 'stay';
  if (response === 1) return 'quit';
  if (checkboxChecked) settings.change({ keepRunningOnClose: true });
  return 'hide';
}

export async function tellUnconfirmed(message: string, say: Say): Promise<void> {
  await app.whenReady();
  await dialog.showMessageBox({
    type: 'warning',
    message: say('unconfirmed.title'),
    detail: message,
    buttons: [say('unconfirmed.ok')],
  });
}

/** The engine stays down (it crashed too often, or refuses its site or database): said once, with the way on. */
export async function tellEngineDown(message: string, say: Say): Promise<'restart' | 'leave'> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: say('down.title'),
    detail: message,
    buttons: [say('down.again'), say('down.leave')],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0 ? 'restart' : 'leave';
}
