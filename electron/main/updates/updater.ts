import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, net } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { feedName, isOfFeed, isSigned, updateSourceOf, type UpdateSource } from './signed-feed.ts';

export interface Updater {
  /** A newer version that is meant for this installation: a rollout goes in steps. @throws where it cannot be told or is not signed */
  find(): Promise<{ version: string; notes: string } | undefined>;
  download(): Promise<void>;
  /** Whether a downloaded update is put in place when the owner quits. */
  installAtQuit(wanted: boolean): void;
  /** Ends this process. */
  install(): void;
}

/** A feed is a page of text. */
const MAX_FEED = 64 * 1024;

/** Only a packaged release with a source has one; what runs from the sources, and every test, has none. */
export function openUpdater(): Updater | undefined {
  if (!app.isPackaged) return undefined;
  const source = updateSourceOf(JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')));
  return source && electronUpdater(source);
}

function electronUpdater({ feedUrl, publicKey }: UpdateSource): Updater {
  let opened: Promise<AppUpdater> | undefined;
  let atQuit = false;
  // A large library that waits for its first use.
  const updater = () => (opened ??= open());
  async function open() {
    const { default: library } = await import('electron-updater');
    const { autoUpdater } = library;
    autoUpdater.logger = null;
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = atQuit;
    autoUpdater.allowDowngrade = false;
    autoUpdater.setFeedURL({ provider: 'generic', url: feedUrl });
    return autoUpdater;
  }
  return {
    async find() {
      const name = feedName(process.platform, process.arch);
      const [feed, signature] = await Promise.all([text(`${feedUrl}/${name}`), text(`${feedUrl}/${name}.sig`)]);
      if (!isSigned(feed, signature, publicKey)) throw new Error(`${feedUrl}/${name} is not signed by Spillway's key.`);
      const found = await (await updater()).checkForUpdates();
      if (!found?.isUpdateAvailable) return undefined;
      const { updateInfo } = found;
      if (!isOfFeed(updateInfo, feed)) throw new Error(`The update ${updateInfo.version} is not the signed one.`);
      const { version, releaseNotes } = updateInfo;
      return { version, notes: typeof releaseNotes === 'string' ? releaseNotes : '' };
    },
    async download() {
      await (await updater()).downloadUpdate();
    },
    installAtQuit(wanted) {
      atQuit = wanted;
      void opened?.then((library) => (library.autoInstallOnAppQuit = wanted));
    },
    // Without questions, and Spillway goes on afterwards.
    install: () => void updater().then((library) => library.quitAndInstall(true, true)),
  };
}

async function text(url: string): Promise<string> {
  const answer = await net.fetch(url, { credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}.`);
  const body = await answer.text();
  if (body.length > MAX_FEED) throw new Error(`${url} is too long for a feed.`);
  return body;
}
