import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { isWanted } from '#shared/notices.ts';
import { Language } from '#shared/contract/shell.ts';
import { sayIn, sayMaybe } from '../../electron/main/words.ts';

const root = join(import.meta.dirname, '../..');
type Tree = { [key: string]: Tree | string };
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Tree;
const words = (language: string) => read(`electron/main/words/${language}.json`) as Record<string, string>;
const english = Object.keys(words('en'));
const shared = /^(guard|notice|mode|view)\./;

it.each(Language.options)('%s has every text of the shell and fills in the same', (language) => {
  const own = words(language);
  const gaps = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).toSorted();
  expect(Object.keys(own)).toEqual(english);
  for (const key of english) expect([key, gaps(own[key]!)]).toEqual([key, gaps(words('en')[key]!)]);
});

it.each(Language.options)('%s calls things in the shell what the page calls them', (language) => {
  const page = read(`renderer/i18n/${language}.json`) as Record<string, Record<string, string>>;
  const names = english.filter((key) => shared.test(key));
  expect(names.length).toBeGreaterThan(40);
  for (const key of names) {
    const [group = '', name = ''] = key.split('.');
    expect([key, words(language)[key]]).toEqual([key, page[group]?.[name]]);
  }
});

test('every text of the shell is used', () => {
  const sources = globSync('electron/main/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
  const text = sources.join('\n');
  const unused = english.filter((key) => !text.includes(`'${key}'`) && !text.includes(`\`${key.split('.')[0]}.\${`));
  expect(unused).toEqual([]);
});

test('a text fills in its values, and one that is not there is absent', () => {
  expect(sayIn('en')('unconfirmed.one', { name: 'Bitaxe 2' })).toBe(
    'Bitaxe 2 did not confirm. Switch it off at its plug.',
  );
  expect(sayMaybe(sayIn('de'), 'notice.no-such')).toBeUndefined();
});

it.each([
  ['switched off', { id: 'hot', level: 'warn' }, { off: ['too-hot'] }, '12:00', false],
  ['of another kind', { id: 'hot', level: 'warn' }, { off: ['grid-mined'] }, '12:00', true],
  [
    'in quiet hours past midnight',
    { id: 'hot', level: 'warn' },
    { off: [], quiet: ['22:00', '07:00'] },
    '03:00',
    false,
  ],
  ['at their end', { id: 'hot', level: 'warn' }, { off: [], quiet: ['22:00', '07:00'] }, '07:00', true],
  ['in quiet hours by day', { id: 'hot', level: 'warn' }, { off: [], quiet: ['12:00', '14:00'] }, '13:00', false],
  [
    'critical in quiet hours',
    { id: 'too-hot', level: 'critical' },
    { off: [], quiet: ['22:00', '07:00'] },
    '03:00',
    true,
  ],
  ['without a kind', { id: 'obeys-again', level: 'warn' }, { off: ['storage'] }, '12:00', true],
] as const)('a notice %s', (_, notice, wishes, now, wanted) => {
  const quiet = 'quiet' in wishes ? { quiet: { from: wishes.quiet[0], to: wishes.quiet[1] } } : {};
  expect(isWanted(notice, { off: [...wishes.off], ...quiet }, now)).toBe(wanted);
});
