// The least that Electron can be: one window with one line. What bench:app compares with.
import { app, BrowserWindow } from 'electron';

// Not awaited at top level: Electron is ready only after this module has been loaded.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('data:text/html,<title>Bare</title><p>Bare');
});
