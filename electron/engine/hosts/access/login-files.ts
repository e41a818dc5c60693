import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The login page and what it loads: all that a stranger may have. The builder writes every script and style that the
 * page needs into its head.
 */
export async function loginFiles(rendererDir: string): Promise<ReadonlySet<string>> {
  const page = '/login.html';
  let text: string;
  try {
    text = await readFile(join(rendererDir, page), 'utf8');
  } catch {
    return new Set();
  }
  const named = [...text.matchAll(/(?:src|href)="\.?(\/assets\/[^"/]+)"/g)].map(([, path = '']) => path);
  return new Set([page, ...named]);
}
