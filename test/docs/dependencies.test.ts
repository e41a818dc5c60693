import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

it('says of every package why it is there, and of none that is gone', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const declared = Object.keys({ ...dependencies, ...devDependencies });
  const rows = read('docs/decisions/0002-dependencies.md').matchAll(/^\| ((?!package|-)[^|]+) \|/gm);
  const explained = [...rows].flatMap(([, names = '']) => names.split(', '));
  expect(declared.length).toBeGreaterThan(20);
  expect(explained.toSorted()).toEqual(declared.toSorted());
});
