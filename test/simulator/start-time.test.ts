import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nextStartMs, recall, remember } from '#engine/simulator/start-time.ts';

const at = (text: string) => Date.parse(text);

test.each([
  ['today at ten', 'Europe/Berlin', '2026-07-01T15:30:00Z', undefined, '2026-07-01T08:00:00Z'],
  ['in winter time', 'Europe/Berlin', '2026-11-22T15:30:00Z', undefined, '2026-11-22T09:00:00Z'],
  ['today as the site sees it', 'Pacific/Auckland', '2026-07-01T15:30:00Z', undefined, '2026-07-01T22:00:00Z'],
  [
    'after a run of the same day',
    'Europe/Berlin',
    '2026-07-01T15:30:00Z',
    '2026-07-01T09:00:00Z',
    '2026-07-02T08:00:00Z',
  ],
  [
    'after a fast run far ahead',
    'Europe/Berlin',
    '2026-07-01T15:30:00Z',
    '2026-08-14T21:59:59Z',
    '2026-08-15T08:00:00Z',
  ],
  ['after a run of long ago', 'Europe/Berlin', '2026-07-01T15:30:00Z', '2026-03-01T09:00:00Z', '2026-07-01T08:00:00Z'],
])('%s', (_name, zone, wall, last, start) => {
  expect(nextStartMs(zone, at(wall), last === undefined ? undefined : at(last))).toBe(at(start));
});

test('a simulation remembers its last time; spoilt memory is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spillway-simulator-'));
  try {
    expect(await recall(folder, 'home')).toBeUndefined();
    await remember(join(folder, 'new'), 'home', { siteMs: 5, socPercent: 61.5 });
    expect(await recall(join(folder, 'new'), 'home')).toEqual({ siteMs: 5, socPercent: 61.5 });
    expect(await recall(join(folder, 'new'), 'farm')).toBeUndefined();
    await writeFile(join(folder, 'new', 'simulator-home.json'), '{"siteMs":');
    expect(await recall(join(folder, 'new'), 'home')).toBeUndefined();
  } finally {
    await rm(folder, { recursive: true });
  }
});
