import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { views } from '#shared/views.ts';
import type { Say } from './words.ts';

/** Roles bring the accelerators of each system; without an Edit menu, copy and paste do not work on macOS. */
export function setAppMenu(say: Say, open: (route: string) => void) {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const view: MenuItemConstructorOptions[] = [
    // Their keys belong to the page, which finds them by their place on the keyboard.
    ...views.map((each) => ({ label: say(`view.${each}`), click: () => open(`#/${each}`) })),
    separator,
    { role: 'resetZoom', label: say('menu.resetZoom') },
    { role: 'zoomIn', label: say('menu.zoomIn') },
    { role: 'zoomOut', label: say('menu.zoomOut') },
    separator,
    { role: 'togglefullscreen', label: say('menu.fullscreen') },
  ];
  if (!app.isPackaged) view.push(separator, { role: 'reload' }, { role: 'toggleDevTools' });
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: say('menu.undo') },
    { role: 'redo', label: say('menu.redo') },
    separator,
    { role: 'cut', label: say('menu.cut') },
    { role: 'copy', label: say('menu.copy') },
    { role: 'paste', label: say('menu.paste') },
    { role: 'selectAll', label: say('menu.selectAll') },
  ];
  const window: MenuItemConstructorOptions[] = [
    { role: 'minimize', label: say('menu.minimize') },
    { role: 'close', label: say('menu.close') },
  ];
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { label: say('menu.edit'), submenu: edit },
      { label: say('menu.view'), submenu: view },
      { label: say('menu.window'), role: 'window', submenu: window },
    ]),
  );
}
