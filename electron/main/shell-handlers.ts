import { writeFile } from 'node:fs/promises';
import { app, dialog, nativeTheme } from 'electron';
import type { EngineProcess, ShellContract } from '#shared/contract/shell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { LoginItem } from './login-item.ts';
import type { SecretStore } from './secret-store.ts';
import type { SettingsStore } from './settings.ts';
import { mayUse } from './site-file.ts';
import type { Updates } from './updates/updates.ts';
import type { Say } from './words.ts';

export interface ShellDoings {
  simulated(): boolean;
  watchEngine(listener: (process: EngineProcess) => void): () => void;
  restartEngine(): void;
  useSiteFile(path: string): void;
  secretsChanged(): void;
  languageChanged(): void;
  say(): Say;
  recentLog(): string[];
  quit(): void;
}

const ok = { outcome: 'ok' as const };

export function shellHandlers(
  settings: SettingsStore,
  secrets: SecretStore,
  login: LoginItem,
  updates: Updates,
  doings: ShellDoings,
): Handlers<ShellContract> {
  return {
    app: {
      info: () => ({
        version: app.getVersion(),
        electron: process.versions.electron,
        platform: process.platform,
        simulated: doings.simulated(),
        secretStore: secrets.kind(),
      }),
      recentLog: doings.recentLog,
      engine: doings.watchEngine,
      restartEngine() {
        doings.restartEngine();
        return ok;
      },
      quit() {
        doings.quit();
        return ok;
      },
      update: updates.watch,
      installUpdate() {
        const problem = updates.installNow();
        return problem ? { outcome: 'refused', message: doings.say()(`update.${problem}`) } : ok;
      },
    },
    window: {
      follow({ theme, language, notices }) {
        nativeTheme.themeSource = theme;
        const spoken = settings.get().language;
        settings.change({ theme, language, notices });
        if (language !== spoken) doings.languageChanged();
        return ok;
      },
    },
    desktop: {
      get: () => ({
        startAtLogin: login.get(),
        asksOnClose: !settings.get().keepRunningOnClose,
        updates: settings.get().updates,
      }),
      change({ startAtLogin, asksOnClose, updates: wanted }) {
        if (startAtLogin !== undefined) login.set(startAtLogin);
        if (wanted !== undefined) {
          settings.change({ updates: wanted });
          updates.wantedChanged();
        }
        if (asksOnClose !== undefined) settings.change({ keepRunningOnClose: !asksOnClose });
        return ok;
      },
    },
    files: {
      async chooseSiteFile() {
        const { filePaths } = await dialog.showOpenDialog({
          title: doings.say()('file.site'),
          filters: [{ name: doings.say()('file.kind'), extensions: ['spillway', 'json'] }],
          properties: ['openFile'],
        });
        const [path] = filePaths;
        if (path === undefined || !(await mayUse(path, doings.say()))) return { outcome: 'cancelled' };
        doings.useSiteFile(path);
        return { outcome: 'chosen', path };
      },
      async saveText({ name, text }) {
        const { filePath } = await dialog.showSaveDialog({ defaultPath: name });
        if (!filePath) return { outcome: 'cancelled' };
        try {
          await writeFile(filePath, text);
          return { outcome: 'saved', path: filePath };
        } catch (cause) {
          return { outcome: 'failed', message: `${filePath} could not be written: ${(cause as Error).message}` };
        }
      },
    },
    secrets: {
      // What Spillway keeps for itself is not the page's.
      names: () => secrets.names().filter((name) => !name.startsWith('spillway/')),
      save({ name, value }) {
        if (secrets.kind() === 'none') {
          const message = `The secret ${name} was not saved: this desktop offers no encryption. Set up its key ring first.`;
          return { outcome: 'refused', message };
        }
        secrets.save(name, value);
        doings.secretsChanged();
        return ok;
      },
      remove({ name }) {
        secrets.remove(name);
        doings.secretsChanged();
        return ok;
      },
    },
  };
}
