import { expect, it } from 'vitest';
import type { SettingStore } from '#engine/storage/settings.ts';
import { openPresence } from '#engine/notices/absence.ts';

/** Settings that outlive a process. @returns what is told when one begins at each of the moments, min */
function lives(rows: { fromMin: number; toMin: number; orderly: boolean }[], loads = ['ASIC']): string[] {
  const kept = new Map<string, unknown>();
  const settings: SettingStore = {
    read: (key, schema) => (kept.has(key) ? schema.parse(kept.get(key)) : undefined),
    write: (key, value) => void kept.set(key, value),
  };
  const told: string[] = [];
  for (const { fromMin, toMin, orderly } of rows) {
    const presence = openPresence(settings, fromMin * 60_000, loads, ({ message }) => told.push(message));
    for (let second = fromMin * 60; second <= toMin * 60; second += 1) presence.note(second * 1000);
    if (orderly) presence.end();
  }
  return told.map((message) => /about \d+ min/.exec(message)?.[0] ?? message);
}

it.each([
  [
    'after a kill',
    [
      { fromMin: 0, toMin: 10, orderly: false },
      { fromMin: 45, toMin: 46, orderly: true },
    ],
    ['about 35 min'],
  ],
  [
    'not after an orderly end',
    [
      { fromMin: 0, toMin: 10, orderly: true },
      { fromMin: 45, toMin: 46, orderly: true },
    ],
    [],
  ],
  [
    'not after a restart within a minute',
    [
      { fromMin: 0, toMin: 10, orderly: false },
      { fromMin: 11, toMin: 12, orderly: true },
    ],
    [],
  ],
  [
    'nor where the last note was old when it was killed',
    [
      { fromMin: 0, toMin: 10.9, orderly: false },
      { fromMin: 11.9, toMin: 12, orderly: true },
    ],
    [],
  ],
  [
    'once for each absence',
    [
      { fromMin: 0, toMin: 1, orderly: false },
      { fromMin: 9, toMin: 10, orderly: true },
      { fromMin: 30, toMin: 31, orderly: true },
    ],
    ['about 8 min'],
  ],
])('tells for how long nobody was in control: %s', (_, rows, told) => {
  expect(lives(rows)).toEqual(told);
});

it('says nothing where there is no load', () => {
  expect(
    lives(
      [
        { fromMin: 0, toMin: 1, orderly: false },
        { fromMin: 9, toMin: 10, orderly: true },
      ],
      [],
    ),
  ).toEqual([]);
});
