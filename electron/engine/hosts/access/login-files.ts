import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PAGE = '/login.html';

/**
 * The login page and what it loads: all that a stranger may have. The builder writes every script and style that the
 * page needs into its head, and names the fonts in the styles.
 */
export async function loginFiles(rendererDir: string): Promise<ReadonlySet<string>> {
  const read = (path: string) => readFile(join(rendererDir, path), 'utf8').catch(() => '');
  const named = [...(await read(PAGE)).matchAll(/(?:src|href)="\.?(\/assets\/[^"/]+)"/g)].map(([, path = '']) => path);
  const styles = await Promise.all(named.filter((path) => path.endsWith('.css')).map(read));
  const fonts = styles.flatMap((text) =>
    [...text.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)].map(([, path = '']) => `/assets/${basename(path)}`),
  );
  return new Set([PAGE, ...named, ...fonts]);
}
