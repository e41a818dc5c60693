import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { paths } from './paths.ts';
import { trayIcon, trayMenu, trayTooltip, type TrayActions, type TrayPicture } from './tray-menu.ts';

export interface TrayView {
  show(picture: TrayPicture): void;
}

/** Absent: this desktop has no place for a tray icon. */
export function createTray(actions: TrayActions, log: (message: string) => void): TrayView | undefined {
  let tray: Tray;
  let shown = '';
  try {
    tray = new Tray(image('idle'));
  } catch (cause) {
    log(`There is no tray here (${String(cause)}); closing the window will ask each time.`);
    return undefined;
  }
  tray.on('click', actions.open);
  return {
    show(picture) {
      const items = trayMenu(picture, actions);
      const next = JSON.stringify([trayIcon(picture), trayTooltip(picture), items]);
      // A menu that is replaced closes under the owner's pointer.
      if (next === shown) return;
      shown = next;
      tray.setImage(image(trayIcon(picture)));
      tray.setToolTip(trayTooltip(picture));
      tray.setContextMenu(Menu.buildFromTemplate(items));
    },
  };
}

/** On macOS the name's ending makes it a template image; `@2x` beside it is found by Electron. */
function image(name: string) {
  const file = process.platform === 'darwin' ? `${name}Template.png` : `${name}.png`;
  return nativeImage.createFromPath(join(paths.tray, file));
}
