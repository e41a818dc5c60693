import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { app, dialog } from 'electron';
import { Site } from '#shared/site.ts';
import { programsOf, siteFileIn } from './opened-file.ts';
import type { Say } from './words.ts';

/** Site files that the system asks us to open: by our command line, by another start, on macOS by an event. Before `ready`. */
export function watchSiteFiles(): (listener: (path: string) => void) => void {
  const waiting: string[] = [];
  let tell: (path: string) => void = (path) => void waiting.push(path);
  const look = (argv: readonly string[], folder: string) => {
    const path = siteFileIn(argv);
    if (path !== undefined) tell(resolve(folder, path));
  };
  look(process.argv, process.cwd());
  app.on('open-file', (event, path) => {
    event.preventDefault();
    tell(path);
  });
  app.on('second-instance', (_event, argv, folder) => look(argv, folder));
  return (listener) => {
    tell = listener;
    for (const path of waiting.splice(0)) listener(path);
  };
}

/** A file that came by mail must not run its programs by a double click: the owner sees them first. */
export async function mayUse(path: string, say: Say): Promise<boolean> {
  let site: Site;
  try {
    site = Site.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    await dialog.showMessageBox({
      type: 'error',
      message: say('site.none'),
      detail: say('site.unchanged', { path }),
      buttons: [say('unconfirmed.ok')],
    });
    return false;
  }
  const programs = programsOf(site);
  const runs = programs.length === 0 ? [] : ['', say('site.programs'), ...programs];
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: say('site.ask', { name: site.name }),
    detail: [say('site.replaces', { path }), ...runs].join('\n'),
    buttons: [say('site.run'), say('close.cancel')],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
