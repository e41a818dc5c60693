import { BrowserWindow, nativeTheme, screen } from 'electron';
import { HIDDEN } from './login-item.ts';
import { PAGE_URL } from './page-address.ts';
import { paths } from './paths.ts';
import type { SettingsStore } from './settings.ts';
import { placeWindow, SMALLEST } from './window-place.ts';

/** The page's own ground (EXPERIENCE 4.1), so that nothing flashes before it paints. */
const GROUND = { light: '#F4F5F2', dark: '#111614' };

export interface MainWindow {
  /** Shows it, at a hash route such as `#/devices` if one is given. */
  show(route?: string): void;
  hide(): void;
  isFocused(): boolean;
  /** What it was asked by the owner's closing it; it stays open until `hide` or the end of the app. */
  onClose(listener: () => void): void;
  /** Windows ends the session without asking the app. */
  onSessionEnd(listener: () => void): void;
}

export function createMainWindow(settings: SettingsStore): MainWindow {
  nativeTheme.themeSource = settings.get().theme;
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const place = placeWindow(settings.get().place, workAreas);
  const window = new BrowserWindow({
    ...place.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Spillway',
    icon: paths.icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: paths.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  if (place.maximized) window.maximize();
  window.once('ready-to-show', () => {
    if (!process.argv.includes(HIDDEN)) window.show();
  });

  const remember = () => {
    if (window.isMinimized() || window.isFullScreen()) return;
    settings.change({ place: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } });
  };
  let closeListener = () => {};
  window.on('close', (event) => {
    event.preventDefault();
    remember();
    closeListener();
  });
  // The engine runs on without the page; an empty window would look as if it did not.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(PAGE_URL);

  return {
    show(route) {
      if (route) void window.loadURL(`${PAGE_URL}${route}`);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide: () => window.hide(),
    isFocused: () => window.isFocused(),
    onClose(listener) {
      closeListener = listener;
    },
    onSessionEnd: (listener) => void window.on('session-end', listener),
  };
}
