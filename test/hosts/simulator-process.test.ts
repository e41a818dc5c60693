import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FromSimulator, type ToSimulator } from '#shared/contract/host.ts';

const entry = join(import.meta.dirname, '../../electron/engine/hosts/simulator-process.ts');
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'spillway-simulator-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

function forked() {
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  return child;
}
async function say(child: ChildProcess, message: ToSimulator | { kind: 'truth' }): Promise<unknown> {
  const answer = once(child, 'message');
  child.send(message);
  return ((await answer) as unknown[])[0];
}
const start = { kind: 'start', site: 'home', speed: 120 } as const;

async function ready(child: ChildProcess, message: ToSimulator) {
  const answer = FromSimulator.parse(await say(child, message));
  if (answer.kind !== 'ready') throw new Error('not ready');
  return answer.simulated;
}

test('it starts, tells the truth, stops, and the next start is a day later', async () => {
  const child = forked();
  const first = await ready(child, { ...start, dataDir });
  expect(first).toMatchObject({ name: 'home', clock: { speed: 120 }, site: { simulated: true, mode: 'surplus' } });
  const told = (await say(child, { kind: 'truth' })) as { kind: string; truth: { plant: { socPercent: number } } };
  expect(told.kind).toBe('truth');
  expect(told.truth.plant.socPercent).toBeCloseTo(70, -1);
  expect(await say(child, { kind: 'stop' })).toEqual({ kind: 'stopped' });
  await once(child, 'exit');

  const second = await ready(forked(), { ...start, dataDir });
  expect(second.clock.siteMs - first.clock.siteMs).toBeGreaterThanOrEqual(86_400_000 - 3_600_000);
});

test('killed, it comes back on its ports and its clock', async () => {
  const child = forked();
  const before = await ready(child, { ...start, dataDir });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const after = await ready(forked(), { ...start, dataDir, resumed: before });
  expect(after).toEqual(before);
});

test('it ends when its parent is gone', async () => {
  const child = forked();
  await ready(child, { ...start, dataDir });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('in a terminal it prints its devices as one line of JSON', async () => {
  const child = spawn(process.execPath, [entry, '--site', 'stream', '--speed', '60', '--data', dataDir]);
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  expect(FromSimulator.parse(JSON.parse(line))).toMatchObject({ simulated: { name: 'stream', clock: { speed: 60 } } });
  child.stdin.write('stop\n');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
