import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { localRegistry } from './support/local-registry.ts';

const root = join(import.meta.dirname, '../..');

interface Said {
  code: number;
  out: string;
  problem: string;
}

test('the npm package is installed into an empty folder, runs, and answers its commands', async () => {
  test.setTimeout(240_000);
  const packed = execFileSync(process.execPath, ['scripts/package-npm.mjs'], { cwd: root, encoding: 'utf8' });
  const tarball = packed.trim().split('\n').at(-1) ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'spillway-npm-'));
  const dataDir = join(folder, 'data');
  const registry = await localRegistry(root);
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `--registry=${registry.url}`,
    `--cache=${folder}/cache`,
  ];
  // Not the synchronous one: the registry lives in this process.
  await new Promise<void>((resolve, reject) =>
    execFile('npm', ['install', ...flags, tarball], { cwd: folder }, (error, _, problem) =>
      error ? reject(new Error(problem)) : resolve(),
    ),
  );
  const command = join(folder, 'node_modules', 'spillway', 'bin', 'spillway.js');
  // Playwright colours its own output; with NO_COLOR beside it Node warns on stderr.
  const env = { ...process.env, FORCE_COLOR: undefined };
  const spillway = (...args: string[]) =>
    new Promise<Said>((resolve) =>
      execFile(process.execPath, [command, ...args, '--data', dataDir], { env }, (error, out, problem) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, problem }),
      ),
    );
  const running = spawn(
    process.execPath,
    [command, 'run', '--site', 'home', '--speed', '20', '--port', '0', '--data', dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const exited = once(running, 'exit');
    let said = '';
    await new Promise<void>((resolve, reject) => {
      running.stdout.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('Open http')) resolve();
      });
      void exited.then(([code]) => reject(new Error(`ended with ${code}: ${said}`)));
    });

    expect(registry.asked).toContain('better-sqlite3');
    expect(registry.asked).not.toContain('electron');
    const files = globSync('**/*.js', { cwd: join(folder, 'node_modules/spillway') });
    for (const file of files)
      expect(readFileSync(join(folder, 'node_modules/spillway', file), 'utf8')).not.toMatch(/from\s*["']electron["']/);

    await expect
      .poll(async () => JSON.parse((await spillway('status', '--json')).out || '{}'))
      .toMatchObject({ running: true, mode: 'surplus', powers: { production: expect.any(Number) } });
    expect((await spillway('status')).out).toMatch(/production +\d+ W/);
    const devices = JSON.parse((await spillway('devices', '--json')).out) as { kind: string }[];
    expect(new Set(devices.map(({ kind }) => kind))).toEqual(new Set(['plant', 'load']));
    expect((await spillway('export', '--resolution', 'slot')).out).toContain('# SIMULATED');
    expect((await spillway('backup')).out).toContain('checked');
    const plan = await spillway('plan', '--futures', '1');
    expect(plan).toMatchObject({ code: 0, problem: '' });
    expect(plan.out).toMatch(/: (Worth it|Uncertain|Not worth it)\./);
    expect(await spillway('fly')).toMatchObject({ code: 2, problem: expect.stringContaining('no command "fly"') });

    running.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect((await spillway('status')).code).toBe(3);
  } finally {
    running.kill('SIGKILL');
    await registry.close();
    // npm's own helpers may still write into its cache.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
