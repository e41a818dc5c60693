import { existsSync } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Kept = z.record(z.string(), z.string());

export interface SecretsFile {
  all(): Record<string, string>;
  save(name: string, value: string): Promise<void>;
}

/**
 * Secrets of a host without a key ring: `secrets.json` of mode 0600 in the data folder, name to value.
 * @throws where others can read it or it is not right; the message says what to do
 */
export async function openSecretsFile(dataDir: string): Promise<SecretsFile> {
  const path = join(dataDir, 'secrets.json');
  let secrets = await read(path);
  /** One write after the other: two at once would share the file beside. */
  let turn: Promise<void> = Promise.resolve();
  return {
    all: () => secrets,
    save(name, value) {
      secrets = { ...secrets, [name]: value };
      const text = `${JSON.stringify(secrets, null, 2)}\n`;
      turn = turn
        .catch(() => {})
        .then(async () => {
          await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
          await rename(`${path}.new`, path);
        });
      return turn;
    },
  };
}

async function read(path: string): Promise<Record<string, string>> {
  if (!existsSync(path)) return {};
  // Windows keeps access in lists, not in these bits.
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${path} can be read by others; run: chmod 600 ${path}`);
  try {
    return Kept.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // What the parser says repeats a piece of the file.
    throw new Error(
      `${path} is not a JSON file of names and secrets, like {"miner": "password"}; mend it with an editor.`,
    );
  }
}
