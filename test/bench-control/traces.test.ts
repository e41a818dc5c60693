import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseTrace, readTraces } from '../bench/control/traces.ts';

const entry = { id: 'day', kind: 'pv', file: 'day.csv', stepSeconds: 10 } as const;
const csv = (...rows: string[]) => ['t_s,production_w,demand_w', ...rows, ''].join('\n');

describe('a trace', () => {
  test('interpolates production and holds demand', () => {
    const trace = parseTrace(csv('0,100,50', '10,200,80'), entry, 'day.csv');
    expect(trace.seconds).toBe(20);
    expect([0, 3, 10, 15].map((t) => trace.potentialW[t])).toEqual([100, 130, 200, 200]);
    expect([0, 9, 10, 19].map((t) => trace.demandW[t])).toEqual([50, 50, 80, 80]);
    expect(trace.peakW).toBe(200);
  });

  test.each([
    ['a hole', csv('0,1,1', '10,1,1', '30,1,1'), 'day.csv:4: hole before 30 s (expected 20 s).'],
    ['unsorted times', csv('0,1,1', '20,1,1', '10,1,1'), 'day.csv:3: hole before 20 s (expected 10 s).'],
    [
      'a time that comes again',
      csv('0,1,1', '10,1,1', '10,1,1'),
      'day.csv:4: time 10 s is not sorted (expected 20 s).',
    ],
    ['a late first row', csv('10,1,1', '20,1,1'), 'day.csv:2: hole before 10 s (expected 0 s).'],
    ['negative production', csv('0,1,1', '10,-1,1'), 'day.csv:3: negative power.'],
    ['negative demand', csv('0,1,-0.5', '10,1,1'), 'day.csv:2: negative power.'],
    ['an empty cell', csv('0,1,1', '10,,1'), 'day.csv:3: not a number in "10,,1".'],
    ['a word', csv('0,1,1', '10,NaN,1'), 'day.csv:3: not a number in "10,NaN,1".'],
    ['a missing column', csv('0,1,1', '10,1'), 'day.csv:3: three columns are needed, found 2.'],
    ['an empty line in the middle', csv('0,1,1', '', '10,1,1'), 'day.csv:3: three columns are needed, found 1.'],
    ['another header', 'time,p,d\n0,1,1\n10,1,1\n', 'day.csv:1: the header must be t_s,production_w,demand_w.'],
    ['one row', csv('0,1,1'), 'day.csv:2: at least two rows are needed.'],
  ])('with %s is refused with file, line and reason', (_, text, message) => {
    expect(() => parseTrace(text, entry, 'day.csv')).toThrow(message);
  });
});

describe('a folder of traces', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'traces-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const index = (value: unknown) => writeFileSync(join(folder, 'traces.json'), JSON.stringify(value));

  test('is read from gzip and from plain CSV', () => {
    index([entry, { ...entry, id: 'packed', file: 'packed.csv.gz', note: 'more fields are welcome' }]);
    writeFileSync(join(folder, 'day.csv'), csv('0,1,1', '10,1,1'));
    writeFileSync(join(folder, 'packed.csv.gz'), gzipSync(csv('0,5,1', '10,5,1')));
    expect(readTraces(folder).map(({ id, peakW }) => [id, peakW])).toEqual([
      ['day', 1],
      ['packed', 5],
    ]);
  });

  test.each([
    ['an empty list', [], 'must be a list with at least one trace'],
    ['an unknown kind', [{ ...entry, kind: 'hydro' }], 'entry 1: kind must be pv or wind'],
    ['no step', [{ ...entry, stepSeconds: 0 }], 'entry 1: stepSeconds must be a whole number from 1'],
    ['an id that is no file name', [{ ...entry, id: '../x' }], 'entry 1: id must be letters'],
    ['an id twice', [entry, entry], 'entry 2: id day is there twice'],
    ['a file that is not there', [entry], 'day.csv: cannot be read'],
  ])('with %s is refused', (_, value, message) => {
    index(value);
    expect(() => readTraces(folder)).toThrow(message);
  });

  test('without an index is refused', () => {
    expect(() => readTraces(folder)).toThrow('traces.json: cannot be read');
  });
});

test("the project's own days are whole and of both kinds", () => {
  const traces = readTraces(fileURLToPath(new URL('../bench/control/traces', import.meta.url)));
  expect(traces.map(({ seconds }) => seconds)).toEqual(traces.map(() => 86_400));
  expect(new Set(traces.map(({ kind }) => kind))).toEqual(new Set(['pv', 'wind']));
});
