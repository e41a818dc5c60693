import { join } from 'node:path';
import { app } from 'electron';

/** Bundles lie in out/main, out/preload, out/renderer; assets beside them in the app's folder. */
const here = import.meta.dirname;
const assets = join(here, '../../assets');

export const paths = {
  engine: join(here, 'utility-process.js'),
  simulator: join(here, 'simulator-process.js'),
  preload: join(here, '../preload/preload.cjs'),
  renderer: join(here, '../renderer'),
  icon: join(assets, 'icon.png'),
  tray: join(assets, 'tray'),
  userFile: (name: string) => join(app.getPath('userData'), name),
};
