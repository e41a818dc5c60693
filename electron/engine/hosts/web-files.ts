import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { PAGE_TYPES } from '#shared/page.ts';

export interface PageFile {
  body: Buffer;
  type: string;
  /** The builder puts a hash of the content into the name of everything below assets/. */
  isImmutable: boolean;
}

/** @returns the file of `folder` that a request's path means; undefined: there is none, or it lies elsewhere */
export async function pageFile(folder: string, path: string): Promise<PageFile | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(name) || name.split('/').some((part) => part === '..' || part.startsWith('.'))) return undefined;
  try {
    const root = await realpath(folder);
    // A link inside the folder must not lead out of it.
    const file = await realpath(join(root, name === '/' ? 'index.html' : name));
    if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return undefined;
    const type = PAGE_TYPES[extname(file)];
    if (!type) return undefined;
    return { body: await readFile(file), type, isImmutable: name.startsWith('/assets/') };
  } catch {
    return undefined;
  }
}
