import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { offAtFirst } from '#shared/notices.ts';
import { Language, NoticeSettings, Theme } from '#shared/contract/shell.ts';
import { SavedPlace } from './window-place.ts';

/** What the shell itself remembers between starts; the site and its history belong to the engine. */
export const ShellSettings = z.object({
  place: SavedPlace.optional(),
  theme: Theme.default('system'),
  /** As the page last said; absent: the system's, where Spillway speaks it. */
  language: Language.optional(),
  notices: NoticeSettings.default({ off: [...offAtFirst] }),
  /** The owner answered the question of the first close with "do not ask again". */
  keepRunningOnClose: z.boolean().default(false),
  /** Looks for updates, where this build has a source of them. */
  updates: z.boolean().default(true),
  siteFile: z.string().optional(),
  /** The owner went back to the simulated site. */
  simulated: z.boolean().default(false),
});
export type ShellSettings = z.infer<typeof ShellSettings>;

export interface SettingsStore {
  get(): ShellSettings;
  change(changes: Partial<ShellSettings>): void;
}

/** An unreadable file costs the place of the window, not the start. */
export function openSettings(file: string, log: (message: string) => void): SettingsStore {
  let settings = read();

  function read(): ShellSettings {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return ShellSettings.parse({});
    }
    try {
      return ShellSettings.parse(JSON.parse(text));
    } catch (cause) {
      log(`${file} cannot be read (${String(cause)}); the shell starts with its defaults.`);
      return ShellSettings.parse({});
    }
  }

  return {
    get: () => settings,
    change(changes) {
      settings = { ...settings, ...changes };
      replaceFile(file, JSON.stringify(settings, null, 2));
    },
  };
}

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
export function replaceFile(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
