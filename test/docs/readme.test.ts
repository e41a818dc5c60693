import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkSite } from '#engine/check-site.ts';
import { parseSite } from '#engine/storage/site-file.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('shows a site file that Spillway takes', () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  const file = parseSite(json, 'README.md');
  if (file.outcome !== 'ok') throw new Error(file.outcome === 'unreadable' ? file.message : 'missing');
  expect(checkSite(file.site)).toEqual([]);
});

it('names no file that is not there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].flatMap(([, path]) =>
    path && !path.includes(':') ? [path] : [],
  );
  expect(links.length).toBeGreaterThan(8);
  for (const path of links) expect(() => readFileSync(new URL(`../../${path}`, import.meta.url))).not.toThrow(/ENOENT/);
});
