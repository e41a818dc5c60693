import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a running engine is found, and a token that lets in: the file is the owner's alone, like the secrets beside it. */
export const EngineFile = z.strictObject({ port: z.number().int(), token: z.string() });
export type EngineFile = z.infer<typeof EngineFile>;

/** The session of commands has this name; there is one, and each start makes it anew. */
export const COMMAND_SESSION = 'spillway command';

const pathIn = (dataDir: string) => join(dataDir, 'engine.json');

export async function writeEngineFile(dataDir: string, told: EngineFile): Promise<void> {
  // The mode counts for a new file only.
  await removeEngineFile(dataDir);
  await writeFile(pathIn(dataDir), `${JSON.stringify(told)}\n`, { mode: 0o600, flag: 'wx' });
}

export const removeEngineFile = (dataDir: string): Promise<void> => rm(pathIn(dataDir), { force: true });

/** @returns undefined where no engine has said that it runs */
export async function readEngineFile(dataDir: string): Promise<EngineFile | undefined> {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => '{}');
  try {
    return EngineFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
