import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '#engine/hosts/command/command-line.ts';
import { carryOut } from '#engine/hosts/command/commands.ts';
import { readEngineFile, removeEngineFile, writeEngineFile } from '#engine/hosts/command/engine-file.ts';
import { ledgerFile, openLedger } from '#engine/storage/ledger.ts';
import { systemClock } from '#engine/system/clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { fixtureSite } from '../support/fixture/site.ts';

const DAY_MS = 86_400_000;
const nowMs = Date.UTC(2026, 5, 21, 12);
const parse = (...argv: string[]) => parseCommand(argv, { dataDir: 'data', nowMs });

describe('the command line', () => {
  it.each([
    [['status'], { verb: 'status', dataDir: 'data', json: false, siteFile: undefined }],
    [['devices', '--json', '--data', 'd'], { verb: 'devices', json: true, dataDir: 'd' }],
    [['backup', '--site-file', 's.json'], { verb: 'backup', siteFile: 's.json' }],
    [['export'], { verb: 'export', fromMs: nowMs - 31 * DAY_MS, toMs: nowMs, resolution: 'day' }],
    [
      ['export', '--from', '2026-06-01', '--to', '2026-06-02', '--resolution', 'slot', '--out', 'x.csv'],
      { fromMs: Date.UTC(2026, 5, 1), toMs: Date.UTC(2026, 5, 3), resolution: 'slot', out: 'x.csv' },
    ],
    [['plan', '--futures', '50'], { verb: 'plan', futures: 50, story: undefined }],
  ])('takes %s', (argv, command) => expect(parse(...argv)).toMatchObject({ outcome: 'ok', command }));

  it.each([
    [['fly'], 'There is no command "fly"'],
    [['status', 'now'], 'There is no command "status now"'],
    [['status', '--from', '2026-06-01'], '--from belongs to spillway export'],
    [['export', '--from', 'June'], 'use days like'],
    [['export', '--from', '2026-06-03', '--to', '2026-06-01'], 'the first before the last'],
    [['export', '--resolution', 'year'], 'slot, hour, day, month'],
    [['plan', '--story', 'moon'], '--story moon'],
    [['plan', '--futures', '0'], '--futures 0'],
    [['status', '--frobnicate'], 'See spillway --help'],
  ])('refuses %s', (argv, message) => {
    const refused = parse(...argv);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(refused.outcome === 'refused' && refused.message).toContain(message);
  });

  it.each([[[]], [['--help']], [['status', '-h']]])('helps with %s', (argv) =>
    expect(parse(...argv)).toMatchObject({ outcome: 'help', text: expect.stringContaining('spillway backup') }),
  );
});

describe('without an engine', () => {
  let dataDir: string;
  beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'spillway-command-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));
  const site = () => fixtureSite();
  const run = (...argv: string[]) => carryOut(parseCommand([...argv, '--data', dataDir], { dataDir: 'data', nowMs }));
  async function withLedger() {
    await writeFile(join(dataDir, 'site.json'), JSON.stringify(site()));
    const opened = openLedger({ dir: dataDir, site: site(), clock: systemClock(), log: silentLog });
    if (opened.outcome !== 'open') throw new Error(opened.message);
    return opened.ledger;
  }

  it('says that there is no site', async () =>
    expect(await run('status')).toMatchObject({ code: 3, problem: expect.stringContaining('site.json') }));

  it('shows the site as not running, with nothing that it cannot know', async () => {
    (await withLedger()).close();
    const { code, out } = await run('status', '--json');
    expect(code).toBe(3);
    const status = JSON.parse(out ?? '') as { powers: Record<string, unknown> };
    expect(status).toMatchObject({ running: false, mode: null, site: { id: site().id } });
    expect(new Set(Object.values(status.powers))).toEqual(new Set([null]));
    expect((await run('status')).out).toContain('not running');
    expect((await run('devices')).out).toContain(site().devices[0]!.name);
    expect(await run('plan')).toMatchObject({ code: 3, problem: expect.stringContaining('spillway run') });
  });

  it('exports and backs up while another program holds the ledger, and leaves that as it is', async () => {
    const ledger = await withLedger();
    const before = await stat(ledgerFile(dataDir, site()));
    expect((await run('export')).out).toMatch(/^start,end,coverage/);
    const out = join(dataDir, 'table.json');
    expect(await run('export', '--json', '--out', out)).toEqual({ code: 0, out });
    const made = await run('backup', '--json');
    expect(made.code).toBe(0);
    const { file } = JSON.parse(made.out ?? '') as { file: string };
    expect(await readdir(join(dataDir, 'backups'))).toEqual([file.split('/').at(-1)]);
    expect((await stat(ledgerFile(dataDir, site()))).mtimeMs).toBe(before.mtimeMs);
    ledger.close();
  });

  it('says what keeps it from reading a ledger', async () => {
    await writeFile(join(dataDir, 'site.json'), JSON.stringify(site()));
    expect(await run('export')).toMatchObject({ code: 1, problem: expect.stringContaining('no ledger yet') });
    expect(await run('backup')).toMatchObject({ code: 1, problem: expect.stringContaining('no ledger') });
    await writeFile(ledgerFile(dataDir, site()), 'not a database, whatever it says');
    expect(await run('backup')).toMatchObject({ code: 3, problem: expect.stringContaining('cannot be read') });
  });

  it('takes an engine that was killed for none', async () => {
    (await withLedger()).close();
    await writeEngineFile(dataDir, { port: 1, token: 'left' });
    expect(await run('status')).toMatchObject({ code: 3 });
  });

  it('keeps the token for the owner alone', async () => {
    await writeFile(join(dataDir, 'engine.json'), 'open to all', { mode: 0o644 });
    await writeEngineFile(dataDir, { port: 8472, token: 'secret' });
    expect((await stat(join(dataDir, 'engine.json'))).mode & 0o777).toBe(0o600);
    expect(await readEngineFile(dataDir)).toEqual({ port: 8472, token: 'secret' });
    await removeEngineFile(dataDir);
    expect(await readEngineFile(dataDir)).toBeUndefined();
  });
});
