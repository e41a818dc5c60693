import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecretsFile } from '#engine/hosts/secrets-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spillway-secrets-'));
  path = join(folder, 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('keeps what is saved, readable by its owner only, whatever is saved at once', async () => {
  const secrets = await openSecretsFile(folder);
  await Promise.all(Array.from({ length: 20 }, (_, n) => secrets.save(`miner-${n}`, `value-${n}`)));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const again = await openSecretsFile(folder);
  expect(Object.keys(again.all())).toHaveLength(20);
  expect(again.all()).toMatchObject({ 'miner-7': 'value-7' });
});

test.skipIf(process.platform === 'win32')('refuses a file that others can read, and says what to do', async () => {
  await writeFile(path, '{"miner":"hush"}');
  for (const mode of [0o644, 0o640, 0o604, 0o660]) {
    await chmod(path, mode);
    await expect(openSecretsFile(folder)).rejects.toThrow(`chmod 600 ${path}`);
  }
  await chmod(path, 0o600);
  expect((await openSecretsFile(folder)).all()).toEqual({ miner: 'hush' });
});

test.each(['{"miner":hush}', '["hush"]', '{"hush":5}', '"hush"'])('refuses %s without repeating it', async (text) => {
  await writeFile(path, text, { mode: 0o600 });
  const failure = await openSecretsFile(folder).then(String, String);
  expect(failure).toContain('is not a JSON file of names and secrets');
  expect(failure).not.toContain('hush');
  expect(await readFile(path, 'utf8')).toBe(text);
});
