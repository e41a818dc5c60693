import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { PAGE_TYPES, pagePolicy } from '#shared/page.ts';
import { fileOf } from './page-address.ts';

/** Before `ready`. */
export function declareAppProtocol() {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

export function serveAppProtocol(folder: string) {
  protocol.handle('app', async ({ url, method }) => {
    const file = fileOf(url, folder);
    if (!file || method !== 'GET') return new Response('Not found', { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: {
          'content-type': PAGE_TYPES[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': pagePolicy(),
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}
