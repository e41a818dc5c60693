import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { autostartFile } from '../../electron/main/login-item.ts';

vi.mock('electron', () => ({ app: {} }));
const folder = mkdtempSync(join(tmpdir(), 'spillway-login-'));
const path = join(folder, 'autostart', 'spillway.desktop');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['/opt/Spillway/spillway', 'Exec="/opt/Spillway/spillway" --hidden'],
  ['/home/a b/$x"%.AppImage', String.raw`Exec="/home/a b/\$x\"%%.AppImage" --hidden`],
])('starts %s with the session, hidden, until it is told not to', (program, line) => {
  const item = autostartFile(path, program);
  expect(item.get()).toBe(false);
  item.set(true);
  expect(item.get()).toBe(true);
  expect(readFileSync(path, 'utf8').split('\n')).toContain(line);
  item.set(false);
  item.set(false);
  expect(item.get()).toBe(false);
});
