import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseOptions, parsePairs } from '../bench/control/options.ts';

const MAIN = fileURLToPath(new URL('../bench/control/main.ts', import.meta.url));
let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bench-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A quarter of an hour of sun, every 10 s. */
function writeTraces(spoil: (rows: string[]) => void = () => undefined): void {
  const rows = Array.from({ length: 90 }, (_, row) => `${row * 10},4000,300`);
  spoil(rows);
  writeFileSync(join(folder, 'day.csv'), ['t_s,production_w,demand_w', ...rows].join('\n'));
  const index = [{ id: 'day', kind: 'pv', file: 'day.csv', stepSeconds: 10 }];
  writeFileSync(join(folder, 'traces.json'), JSON.stringify(index));
}

const run = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, '--traces', folder, '--json', join(folder, 'out.json'), ...args], {
    encoding: 'utf8',
  });

test('a run writes table, figures, rows, a log a second and a picture', () => {
  writeTraces();
  const { status, stdout } = run('--only', 'S1/L1,S5/L2', '--log', join(folder, 'log'), '--plot', join(folder, 'plot'));
  expect(status).toBe(0);
  const { figures, rows } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
  expect(figures['spillway.step.p99Ms']).toBeGreaterThan(0);
  expect(rows).toHaveLength(14);
  // A quarter of an hour has less than 3 kWh: it is in the rows and not in the means.
  expect(rows[0]).toMatchObject({ policy: 'spillway', site: 'S1', load: 'L1', trace: 'day', leftOut: true });
  expect(figures['spillway.S1.L1.pv.strictScore']).toBeUndefined();
  expect(stdout).toContain('Left out of the means (less than 3 kWh ideal): S1/L1 day');
  expect(readdirSync(join(folder, 'log'))).toContain('oracle12.S5.L2.day.csv');
  const log = readFileSync(join(folder, 'log', 'B1.S1.L1.day.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(log).toHaveLength(901);
  expect(log[0]).toMatch(
    /^t_s,potential_w,production_w,demand_w,import_w,.*,mining_w,setpoint_w,writes,starts,reason$/,
  );
  expect(readFileSync(join(folder, 'plot', 'day.svg'), 'utf8')).toContain('S5/L2');
}, 60_000);

test('a bad trace ends the run with its line, exit code 1 and no JSON', () => {
  writeTraces((rows) => rows.splice(5, 1));
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('day.csv:7: hole before 60 s (expected 50 s).');
  expect(existsSync(join(folder, 'out.json'))).toBe(false);
}, 30_000);

describe('options', () => {
  test.each([
    ['S1/L1', ['S1/L1']],
    ['S3', ['S3/L1', 'S3/L2', 'S3/L3']],
    ['L2,S1/L1', ['S1/L1', 'S1/L2', 'S2/L2', 'S3/L2', 'S4/L2', 'S5/L2', 'S6/L2', 'S7/L2']],
  ])('--only %s', (list, pairs) => {
    expect(parsePairs(list).map(({ site, load }) => `${site}/${load}`)).toEqual(pairs);
  });

  test.each([
    [['--only', 'S9'], '--only: S9 is no site'],
    [['--policies', 'B9'], '--policies: B9 is none of'],
    [['--jobs', '0'], '--jobs: give a whole number'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is refused', (args, message) => {
    expect(() => parseOptions(args, 'own')).toThrow(message);
  });

  test('all is run where nothing is said', () => {
    const options = parseOptions([], 'own');
    expect(options).toMatchObject({ traces: 'own', quick: false });
    expect(options.pairs).toHaveLength(21);
    expect(options.policies).toHaveLength(7);
  });
});
