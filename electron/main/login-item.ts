import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';

/** With it the window stays away until it is asked for. */
export const HIDDEN = '--hidden';

/** Whether Spillway starts with the owner's session. */
export interface LoginItem {
  get(): boolean;
  set(wanted: boolean): void;
}

export const loginItem = (): LoginItem =>
  process.platform === 'linux'
    ? autostartFile(
        join(process.env['XDG_CONFIG_HOME'] ?? join(app.getPath('home'), '.config'), 'autostart', 'spillway.desktop'),
        // An AppImage runs from a place that is new each time; its own file is named here.
        process.env['APPIMAGE'] ?? process.execPath,
      )
    : {
        get: () => app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin,
        set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args: [HIDDEN] }),
      };

/** Desktops of the freedesktop.org kind start what lies in this folder (Desktop Application Autostart 0.5). */
export function autostartFile(path: string, program: string): LoginItem {
  return {
    get: () => existsSync(path),
    set(wanted) {
      if (!wanted) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `[Desktop Entry]\nType=Application\nName=Spillway\nExec=${quoted(program)} ${HIDDEN}\n`);
    },
  };
}

/** Quoting of the Exec key (Desktop Entry 1.5): what a shell would read in a double-quoted text, and %. */
const quoted = (program: string): string =>
  `"${program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
