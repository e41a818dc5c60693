import { describe, expect, it, test } from 'vitest';
import type { Mode } from '#shared/control.ts';
import type { Payout } from '#shared/ledger.ts';
import { dailyConditions } from '#engine/notices/daily.ts';
import { paidEvent } from '#engine/notices/paid.ts';
import { noOrigin } from '#engine/accounting/rollup.ts';
import { isNotice, isWanted, noticeKinds, offAtFirst, routeOf } from '#shared/notices.ts';
import { views } from '#shared/views.ts';

const MINUTE = 60_000;
/** Midnight in Berlin, in summer. */
const MIDNIGHT = Date.parse('2026-06-18T00:00:00+02:00');

function at(clock: string, mode: Mode, curtailed: number | undefined, work = {}): string[] {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const atMs = MIDNIGHT + (hour * 60 + minute) * MINUTE;
  const flows = { residual: 0, draw: 2e6, ...(curtailed === undefined ? {} : { curtailed }) };
  const today = { startMs: MIDNIGHT, endMs: atMs, coverage: 1, flows, origin: noOrigin(), earnings: {}, starts: 0 };
  return dailyConditions({ atMs, timeZone: 'Europe/Berlin', mode, today, work }).map(({ id }) => id);
}

describe('once a day', () => {
  it.each<[string, Mode, number | undefined, string[]]>([
    ['17:59', 'observe', 5e6, []],
    ['18:00', 'observe', 1e6, ['unused']],
    ['18:00', 'off', 5e6, ['unused']],
    ['18:00', 'surplus', 5e6, []],
    ['18:00', 'boost', 5e6, []],
    ['18:00', 'off', 999_999, []],
    ['18:00', 'off', undefined, []],
    ['19:59', 'surplus', 0, []],
    ['20:00', 'surplus', 0, ['summary']],
    ['23:59', 'off', 2e6, ['unused', 'summary']],
    ['00:00', 'off', 2e6, []],
  ])('at %s in %s with %d mWh lost: %j', (clock, mode, curtailed, ids) => {
    expect(at(clock, mode, curtailed)).toEqual(ids);
  });

  it('never sums up as 0 kWh what the loads drew unknown to all', () => {
    const atMs = MIDNIGHT + 21 * 60 * MINUTE;
    const rest = { startMs: MIDNIGHT, endMs: atMs, coverage: 1, origin: noOrigin(), earnings: {}, starts: 0 };
    const summed = (flows: { residual: number; draw?: number }) =>
      dailyConditions({ atMs, timeZone: 'Europe/Berlin', mode: 'surplus', today: { ...rest, flows }, work: {} });
    expect(summed({ residual: 0 })[0]?.message).toMatch(/never known/);
    expect(summed({ residual: 0 })[0]?.message).not.toContain('kWh');
    expect(summed({ residual: 0, draw: 2e6 })[0]?.message).toContain('2.00 kWh');
  });

  it('says nothing of a day that nothing is known of', () => {
    const input = { atMs: MIDNIGHT + 21 * 60 * MINUTE, timeZone: 'Europe/Berlin', mode: 'off' as const, work: {} };
    expect(dailyConditions({ ...input, today: undefined })).toEqual([]);
  });

  it.each([
    [{ estimatedMsat: 1000, verifiedMsat: 899, shares: 500 }, ['mismatch']],
    [{ estimatedMsat: 1000, verifiedMsat: 900, shares: 500 }, []],
    [{ estimatedMsat: 1000, verifiedMsat: 100, shares: 499 }, []],
    [{ estimatedMsat: 1000, shares: 9000 }, []],
    [{ verifiedMsat: 100, shares: 9000 }, []],
    [{}, []],
  ])('finds in the work of a day %j: %j', (work, ids) => {
    expect(at('12:00', 'surplus', 0, work)).toEqual(ids);
  });
});

test('a payout is news once, and only while it is young', () => {
  const payout = (id: string, ageDays: number): Payout => ({
    id,
    sats: 1000,
    source: 'ocean',
    receivedMs: MIDNIGHT - ageDays * 86_400_000,
  });
  const told = (payouts: Payout[], known: string[]) => paidEvent(payouts, new Set(known), MIDNIGHT)?.message;
  expect(told([payout('a', 0.5), payout('b', 1), payout('c', 3)], [])).toContain('2000 sats');
  expect(told([payout('a', 0.5), payout('b', 1)], ['a'])).toContain('1000 sats');
  expect(told([payout('a', 0.5)], ['a'])).toBeUndefined();
  expect(told([payout('old', 90)], [])).toBeUndefined();
});

test('each kind can be switched off; the summary is at first', () => {
  const kinds: string[] = ['unused', 'mismatch', 'paid', 'summary'];
  for (const id of kinds) {
    if (!isNotice(id)) throw new Error(`${id} is no notice`);
    const kind = noticeKinds.find((each) => each === id)!;
    expect(isWanted({ id, level: 'info' }, { off: [] }, '12:00')).toBe(true);
    expect(isWanted({ id, level: 'info' }, { off: [kind] }, '12:00')).toBe(false);
    expect(isWanted({ id, level: 'info' }, { off: [], quiet: { from: '11:00', to: '13:00' } }, '12:00')).toBe(false);
    expect(views).toContain(routeOf(id).slice(2));
  }
  expect(offAtFirst).toEqual(['summary']);
});
