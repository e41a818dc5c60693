import { resolve } from 'node:path';
import { app } from 'electron';
import { declareAppProtocol } from './app-protocol.ts';
import { readLaunchOptions } from './launch-options.ts';
import { beforeLink } from './link.ts';
import { watchOpened } from './opened.ts';
import { openShell } from './shell.ts';

app.setName('Spillway');
declareAppProtocol();
// The page is served on app:// and may reach nothing else, so Chromium's network needs no process of its own (-60 MB).
app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2');

// Unpackaged, Electron's own argument is the folder of the app.
const options = readLaunchOptions(beforeLink(process.argv.slice(app.isPackaged ? 1 : 2)));
if (options.outcome === 'refused') {
  console.error(`spillway: ${options.message}`);
  app.exit(2);
} else {
  if (options.dataDir !== undefined) app.setPath('userData', resolve(options.dataDir));
  // One engine per data folder: two would command the same miners.
  const onOpened = watchOpened();
  if (app.requestSingleInstanceLock()) void app.whenReady().then(() => openShell(options.choice, onOpened));
  else app.quit();
}
