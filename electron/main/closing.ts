import { app, dialog } from 'electron';
import type { SettingsStore } from './settings.ts';

/** The question of a window that is closed: go on in the background, or stop mining and quit. */
export async function askBeforeHiding(settings: SettingsStore, hasTray: boolean): Promise<'hide' | 'quit' | 'stay'> {
  if (hasTray && settings.get().keepRunningOnClose) return 'hide';
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    message: 'Spillway keeps deciding in the background.',
    detail: hasTray
      ? 'Its icon in the tray shows what it does.'
      : 'This desktop has no tray; start Spillway again to see it.',
    buttons: ['Keep running', 'Stop mining and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    ...(hasTray ? { checkboxLabel: 'Do not ask again' } : {}),
  });
  if (response === 2) return 'stay';
  if (response === 1) return 'quit';
  if (checkboxChecked) settings.change({ keepRunningOnClose: true });
  return 'hide';
}

export async function tellUnconfirmed(message: string): Promise<void> {
  await app.whenReady();
  await dialog.showMessageBox({
    type: 'warning',
    message: 'A miner may still be running',
    detail: message,
    buttons: ['OK'],
  });
}

/** The engine stays down (it crashed too often, or refuses its site or database): said once, with the way on. */
export async function tellEngineDown(message: string): Promise<'restart' | 'leave'> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Spillway does not decide any more',
    detail: message,
    buttons: ['Start again', 'Leave it off'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0 ? 'restart' : 'leave';
}
