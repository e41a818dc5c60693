import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Log } from '#engine/system/log.ts';
import { KeptPassword } from './password.ts';
import { Session } from './sessions.ts';

/** What is kept of the way in over the network. Of secrets there are hashes only; the certificate's key lies with the secrets. */
export const AccessFile = z.strictObject({
  version: z.literal(1),
  enabled: z.boolean().default(false),
  port: z.number().int().min(0).max(65535).default(8473),
  /** Address to listen on; absent: all of this computer. */
  host: z.string().optional(),
  names: z.array(z.string()).default([]),
  password: KeptPassword.optional(),
  sessions: z.array(Session).default([]),
  certificate: z.strictObject({ kind: z.enum(['made', 'own']), pem: z.string() }).optional(),
});
export type AccessFile = z.infer<typeof AccessFile>;

const CLOSED: AccessFile = AccessFile.parse({ version: 1 });

/** A file that is not there or not right means: closed, and nobody is let in. */
export function readAccessFile(path: string, log: Log): AccessFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return CLOSED;
  }
  try {
    return AccessFile.parse(JSON.parse(text));
  } catch (cause) {
    log.error({ path, err: cause }, 'the access file is not right; nobody is let in over the network');
    return CLOSED;
  }
}

/** Written beside and renamed, so that a power cut leaves the old file or the new one. */
export function writeAccessFile(path: string, content: AccessFile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
