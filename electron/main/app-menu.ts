import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** Roles only: without an Edit menu, copy and paste do not work on macOS. */
export function setAppMenu() {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (!app.isPackaged) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' });
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...mac, { role: 'editMenu' }, { label: 'View', submenu: view }, { role: 'windowMenu' }]),
  );
}
