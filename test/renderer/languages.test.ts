import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../renderer');
const languages = ['en', 'de', 'es', 'ar'];
type Tree = { [key: string]: Tree | string };

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const texts = new Map(
  languages.map((language) => [
    language,
    new Map(flatten(JSON.parse(readFileSync(join(root, `i18n/${language}.json`), 'utf8')))),
  ]),
);
const stems = (language: string) => [
  ...new Set([...texts.get(language)!.keys()].map((key) => key.replace(PLURAL, ''))),
];
const english = stems('en');
const sources = globSync('**/*.{ts,tsx}', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));

test('there is something to check', () => {
  expect(english.length).toBeGreaterThan(200);
  expect(sources.length).toBeGreaterThan(40);
});

test.each(languages)('%s has every key and no other', (language) => {
  expect(stems(language).toSorted()).toEqual(english.toSorted());
});

test.each(languages)('%s has every plural form of its own', (language) => {
  const keys = texts.get(language)!;
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const plurals = new Set([...keys.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
  for (const stem of plurals) {
    const present = [...keys.keys()].filter((key) => key.startsWith(`${stem}_`)).map((key) => PLURAL.exec(key)![1]);
    expect([stem, new Set(present)]).toEqual([stem, new Set(forms)]);
  }
});

test.each(languages)('%s fills in what English fills in', (language) => {
  const gaps = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
  for (const [key, text] of texts.get(language)!) {
    if (PLURAL.test(key)) continue;
    expect([key, gaps(text)]).toEqual([key, gaps(texts.get('en')!.get(key)!)]);
  }
});

test('every key is used', () => {
  const used = new Set<string>();
  const patterns: RegExp[] = [];
  for (const source of sources) {
    for (const [, literal] of source.matchAll(/['"]([\w-]+(?:\.[\w-]+)+)['"]/g)) used.add(literal!);
    for (const [, template] of source.matchAll(/`([\w-]+\.[^`]*\$\{[^`]*)`/g)) {
      const parts = template!.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`));
      patterns.push(new RegExp(`^${parts.join('[^.]+')}$`));
    }
  }
  const unused = english.filter((key) => !used.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});
