// Which addresses are the page's own. Pure.
import { join, normalize, sep } from 'node:path';

export const PAGE_ORIGIN = 'app://spillway';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** Compared as parsed origins: `app://spillway.evil` and `https://evil/?app://spillway` are not ours. */
export function isOurs(address: string): boolean {
  try {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}` === PAGE_ORIGIN;
  } catch {
    return false;
  }
}

/** The file of `folder` that an address means; absent: it is none of ours. */
export function fileOf(address: string, folder: string): string | undefined {
  const url = new URL(address);
  if (url.host !== 'spillway') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) && !path.includes('\0') ? file : undefined;
}
