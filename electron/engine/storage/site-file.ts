import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { Site } from '#shared/site.ts';

export type SiteFile =
  | { outcome: 'ok'; site: Site }
  | { outcome: 'missing' }
  | { outcome: 'unreadable'; message: string };

/** Largest site file taken, bytes: a hundred devices need a tenth of it. */
const MAX_BYTES = 1 << 20;

/** Reads and checks a site file. The message names the file, the field and what to do; the file is never changed. */
export async function readSiteFile(path: string): Promise<SiteFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { outcome: 'missing' };
    return {
      outcome: 'unreadable',
      message: `Cannot read the site file ${path}: ${(cause as Error).message}. Check its permissions.`,
    };
  }
  if (text.length > MAX_BYTES)
    return { outcome: 'unreadable', message: `The site file ${path} is larger than 1 MiB; it cannot be a site file.` };
  return parseSite(text, path);
}

export function parseSite(text: string, path: string): SiteFile {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    return {
      outcome: 'unreadable',
      message: `The site file ${path} is not JSON: ${(cause as Error).message}. Mend that place or restore a backup.`,
    };
  }
  const version = (raw as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > 1) {
    return {
      outcome: 'unreadable',
      message: `The site file ${path} has version ${version}; this Spillway reads version 1. Update Spillway.`,
    };
  }
  const parsed = Site.safeParse(raw);
  if (parsed.success) return { outcome: 'ok', site: parsed.data };
  return {
    outcome: 'unreadable',
    message: `The site file ${path} is not right; nothing was changed.\n${z.prettifyError(parsed.error)}`,
  };
}

/** Writes beside and renames, so that a power cut leaves the old file or the new one, never half of one. */
export async function writeSiteFile(path: string, site: Site): Promise<void> {
  const beside = `${path}.new`;
  await writeFile(beside, `${JSON.stringify(site, null, 2)}\n`, { flush: true });
  await rename(beside, path);
}
