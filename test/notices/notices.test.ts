import { expect, it } from 'vitest';
import type { EngineEvent } from '#shared/contract/engine.ts';
import { openNotices } from '#engine/notices/notices.ts';

function owner() {
  const kept: EngineEvent[] = [];
  const told: string[] = [];
  const notices = openNotices({
    events: { add: (event) => void kept.push(event), recent: () => [] },
    notify: ({ body }) => void told.push(body),
    changed: () => undefined,
    nameOf: () => undefined,
    settings: { read: () => undefined, write: () => undefined },
    work: () => ({}),
    nowMs: 0,
  });
  const fail = (atMs: number, subject: string) =>
    notices.tell({ atMs, id: 'command-failed', level: 'warn', subject, message: `${subject} cannot be told` });
  return { kept, told, fail };
}

it('tells of one load where many cannot be told at once, and keeps them all', () => {
  const { kept, told, fail } = owner();
  for (let load = 0; load < 40; load += 1) fail(load * 1000, `asic-${load}`);
  expect(told).toEqual(['asic-0 cannot be told']);
  expect(kept).toHaveLength(40);
  fail(700_000, 'asic-7');
  expect(told).toHaveLength(2);
});

it('holds an outage for one over a clock that is set back', () => {
  const { told, fail } = owner();
  fail(5_000_000, 'asic-1');
  fail(5_000_000 - 3_600_000, 'asic-2');
  expect(told).toEqual(['asic-1 cannot be told']);
  fail(5_000_000 - 3_600_000 + 700_000, 'asic-1');
  expect(told).toHaveLength(2);
});
