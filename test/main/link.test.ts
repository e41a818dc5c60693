import { describe, expect, test } from 'vitest';
import { views } from '#shared/views.ts';
import { beforeLink, linkIn, routeOfLink } from '../../electron/main/link.ts';

describe('what a link opens', () => {
  test.each(views)('spillway://%s', (view) => {
    expect(routeOfLink(`spillway://${view}`)).toBe(`#/${view}`);
    expect(routeOfLink(`spillway://${view}/`)).toBe(`#/${view}`);
  });

  test('a period of the past', () => {
    expect(routeOfLink('spillway://history?period=month&at=2026-06-01')).toBe('#/history?period=month&at=2026-06-01');
    expect(routeOfLink('SPILLWAY://earnings?period=all')).toBe('#/earnings?period=all');
  });
});

test.each([
  '',
  'spillway:',
  'spillway://',
  'spillway:history',
  'spillway:///history',
  'spillway://stop',
  'spillway://boost?importW=9000',
  'spillway://now/../settings',
  'spillway://history/day',
  'spillway://now#/settings',
  'spillway://now@settings',
  'spillway://evil@settings',
  'spillway://now:8080',
  'spillway://now.evil.invalid',
  'spillway://history?period=day&period=year',
  'spillway://history?period=decade',
  'spillway://history?at=2026-6-1',
  'spillway://history?at=2026-06-01%26mode%3Dboost',
  'spillway://history?at=2026-06-01%23/settings',
  'spillway://settings?mode=boost',
  'spillway://now?%0d%0a',
  'https://now',
  'app://spillway/#/settings',
  'javascript:spillway://now',
  'spillway://no\u0000w',
  'spillway://settings" --site-file=/tmp/evil.spillway',
])('%j opens nothing', (link) => {
  expect(routeOfLink(link)).toBeUndefined();
});

test('a link is found among the arguments, whatever its case', () => {
  expect(linkIn(['spillway', '--no-sandbox', 'Spillway://now'])).toBe('Spillway://now');
  expect(linkIn(['spillway://now'])).toBeUndefined();
  expect(linkIn(['spillway', '/home/o/farm.spillway'])).toBeUndefined();
});

test('what stands behind a link is no option', () => {
  const options = ['--data', '/home/o/data'];
  expect(beforeLink(options)).toEqual(options);
  expect(beforeLink([...options, 'spillway://now', '--data', '/tmp/evil'])).toEqual(options);
  expect(beforeLink(['spillway://now', '--site-file=/tmp/evil.json', '--speed', '240'])).toEqual([]);
});
