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
