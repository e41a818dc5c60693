import { readFile } from 'node:fs/promises';
import { dialog } from 'electron';
import { Site } from '#shared/site.ts';
import { programsOf } from './opened-file.ts';
import type { Say } from './words.ts';

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
