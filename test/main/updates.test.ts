import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { UpdateState } from '#shared/contract/shell.ts';
import { mayInstallNow, nextStep, type UpdateSituation } from '../../electron/main/updates/decide.ts';
import { feedName, isOfFeed, isSigned, updateSourceOf } from '../../electron/main/updates/signed-feed.ts';
import { openUpdater } from '../../electron/main/updates/updater.ts';
import { openUpdates } from '../../electron/main/updates/updates.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const electron = vi.hoisted(() => ({ app: { isPackaged: false, getAppPath: () => '' }, net: { fetch: vi.fn() } }));
vi.mock('electron', () => electron);

const situation = (over: Partial<UpdateSituation>): UpdateSituation => ({
  nowMs: 100 * HOUR,
  wanted: true,
  checkedMs: 99 * HOUR,
  startedMs: 0,
  isReady: false,
  isEngineKnown: true,
  loadsStarting: 0,
  loadsRunning: 0,
  restingSinceMs: 99 * HOUR,
  windowHasFocus: false,
  ...over,
});

describe('what is done next', () => {
  it.each<[string, Partial<UpdateSituation>, ReturnType<typeof nextStep>]>([
    ['nothing, an hour after it was looked for', {}, 'wait'],
    ['looks again after six hours', { checkedMs: 94 * HOUR }, 'check'],
    ['does not look right after the start', { checkedMs: undefined, startedMs: 100 * HOUR - MINUTE }, 'wait'],
    ['looks five minutes after it', { checkedMs: undefined, startedMs: 100 * HOUR - 5 * MINUTE }, 'check'],
    ['looks when the clock was set back', { checkedMs: 200 * HOUR }, 'check'],
    ['never looks where it is switched off', { wanted: false, checkedMs: undefined }, 'wait'],
    ['installs when nothing has run for a while', { isReady: true }, 'install'],
    ['not where it was switched off meanwhile', { isReady: true, wanted: false }, 'wait'],
    ['not while a load is being started', { isReady: true, loadsStarting: 1, loadsRunning: 1 }, 'wait'],
    ['not while one is being started that does not draw yet', { isReady: true, loadsStarting: 1 }, 'wait'],
    ['not while one runs', { isReady: true, loadsRunning: 1, restingSinceMs: undefined }, 'wait'],
    ['not between two clouds', { isReady: true, restingSinceMs: 100 * HOUR - 29 * MINUTE }, 'wait'],
    ['not while nobody knows what the loads do', { isReady: true, isEngineKnown: false }, 'wait'],
    ['not under the owner’s eyes', { isReady: true, windowHasFocus: true }, 'wait'],
  ])('%s', (_, over, step) => expect(nextStep(situation(over))).toBe(step));

  it.each([
    [{ isReady: true, loadsRunning: 2, windowHasFocus: true }, 'yes'],
    [{ isReady: true, loadsRunning: 2, loadsStarting: 1 }, 'load-starting'],
    [{}, 'not-ready'],
  ] as const)('the owner may at %o: %s', (over, answer) => expect(mayInstallNow(situation(over))).toBe(answer));
});

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const feed = 'version: 1.2.3\nfiles:\n  - url: a.AppImage\n    sha512: QUJD+/==\n    size: 3\npath: a.AppImage\n';
const signature = sign(null, Buffer.from(feed), privateKey).toString('base64');

describe('a feed', () => {
  it('counts with our signature over exactly its text', () => {
    expect(isSigned(feed, signature, key)).toBe(true);
    expect(isSigned(`${feed} `, signature, key)).toBe(false);
    expect(
      isSigned(
        feed,
        signature.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')),
        key,
      ),
    ).toBe(false);
    expect(isSigned(feed, '', key)).toBe(false);
    expect(isSigned(feed, signature, 'no key')).toBe(false);
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    expect(isSigned(feed, signature, other)).toBe(false);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const theirs = sign(null, Buffer.from(feed), rsa.privateKey).toString('base64');
    expect(isSigned(feed, theirs, rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'))).toBe(
      false,
    );
  });

  it.each([
    ['1.2.3', ['QUJD+/=='], true],
    ['1.2.4', ['QUJD+/=='], false],
    ['1.2.3', ['QUJD+/==', 'ZZZZ'], false],
    ['1.2.3', [], false],
  ])('of 1.2.3 for an offer of %s with %j', (version, hashes, isOurs) =>
    expect(isOfFeed({ version, files: hashes.map((sha512) => ({ sha512 })) }, feed)).toBe(isOurs),
  );

  it.each([
    [{}, undefined],
    [{ updates: { feedUrl: 'http://releases.example/x', publicKey: key } }, undefined],
    [{ updates: { feedUrl: 'https://releases.example/x' } }, undefined],
    [
      { updates: { feedUrl: 'https://releases.example/x', publicKey: 'k' } },
      { feedUrl: 'https://releases.example/x', publicKey: 'k' },
    ],
  ])('is looked for by %j', (manifest, source) => expect(updateSourceOf(manifest)).toEqual(source));

  it.each([
    ['win32', 'arm64', 'latest.yml'],
    ['darwin', 'x64', 'latest-mac.yml'],
    ['linux', 'x64', 'latest-linux.yml'],
    ['linux', 'arm64', 'latest-linux-arm64.yml'],
  ] as const)('has a name on %s %s', (platform, arch, name) => expect(feedName(platform, arch)).toBe(name));
});

describe('an installation', () => {
  function stage({ loads = { starting: 0, running: 0 }, wanted = true } = {}) {
    const world = { nowMs: 0, loads, wanted, left: 0 };
    const updater = {
      find: vi.fn(() =>
        Promise.resolve<{ version: string; notes: string } | undefined>({ version: '2', notes: 'new' }),
      ),
      download: vi.fn(() => Promise.resolve()),
      installAtQuit: vi.fn(),
      install: vi.fn(),
    };
    const updates = openUpdates({
      updater,
      wanted: () => world.wanted,
      loads: () => world.loads,
      windowHasFocus: () => false,
      nowMs: () => world.nowMs,
      leave: (install) => {
        world.left += 1;
        install();
      },
      note: () => undefined,
    });
    let state: UpdateState | undefined;
    updates.watch((now) => (state = now));
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        world.nowMs += MINUTE;
        await updates.tick();
      }
    };
    return { world, updater, updates, pass, state: () => state };
  }

  it('fetches an update, waits until its load has rested, and installs it once', async () => {
    const { world, updater, pass, state } = stage({ loads: { starting: 0, running: 1 } });
    await pass(10);
    expect(state()).toEqual({ state: 'ready', version: '2', notes: 'new' });
    await pass(600);
    expect(updater.install).not.toHaveBeenCalled();
    world.loads = { starting: 0, running: 0 };
    await pass(29);
    expect(updater.install).not.toHaveBeenCalled();
    await pass(60);
    expect(updater.install).toHaveBeenCalledTimes(1);
    expect(updater.find).toHaveBeenCalledTimes(1);
  });

  it('refuses the owner’s word while a load is being started, and takes it when it runs', async () => {
    const { world, updater, updates, pass } = stage({ loads: { starting: 1, running: 1 } });
    expect(updates.installNow()).toBe('not-ready');
    await pass(10);
    expect(updates.installNow()).toBe('load-starting');
    expect(updater.install).not.toHaveBeenCalled();
    world.loads = { starting: 0, running: 1 };
    expect(updates.installNow()).toBeUndefined();
    expect(world.left).toBe(1);
  });

  it('asks nobody while it is switched off, and forgets what it fetched when it is', async () => {
    const { world, updater, updates, pass, state } = stage({ wanted: false });
    await pass(1000);
    expect(updater.find).not.toHaveBeenCalled();
    expect(updater.download).not.toHaveBeenCalled();
    expect(state()).toEqual({ state: 'off' });
    world.wanted = true;
    updates.wantedChanged();
    await pass(1);
    expect(state()?.state).toBe('ready');
    world.wanted = false;
    updates.wantedChanged();
    expect(state()).toEqual({ state: 'off' });
    expect(updater.installAtQuit).toHaveBeenLastCalledWith(false);
    await pass(1000);
    expect(updater.install).not.toHaveBeenCalled();
  });

  it('says why there is none and tries again hours later', async () => {
    const { updater, pass, state } = stage();
    updater.find.mockRejectedValue(new Error('not signed'));
    await pass(300);
    expect(state()).toEqual({ state: 'failed', message: 'not signed' });
    expect(updater.find).toHaveBeenCalledTimes(1);
    expect(updater.download).not.toHaveBeenCalled();
    updater.find.mockResolvedValue(undefined);
    await pass(100);
    expect(state()?.state).toBe('current');
  });
});

describe('a build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-updates-'));
  afterEach(() => Object.assign(electron.app, { isPackaged: false, getAppPath: () => folder }));

  it('from the sources, or without a source in its package.json, has no updater and asks nobody', async () => {
    expect(openUpdater()).toBeUndefined();
    Object.assign(electron.app, { isPackaged: true, getAppPath: () => folder });
    writeFileSync(join(folder, 'package.json'), '{"name":"spillway"}');
    expect(openUpdater()).toBeUndefined();
    const updates = openUpdates({
      updater: openUpdater(),
      wanted: () => true,
      loads: () => ({ starting: 0, running: 0 }),
      windowHasFocus: () => false,
      nowMs: () => 0,
      leave: () => expect.unreachable(),
      note: () => undefined,
    });
    let state: UpdateState | undefined;
    updates.watch((now) => (state = now));
    await updates.tick();
    expect(state).toEqual({ state: 'none' });
    expect(electron.net.fetch).not.toHaveBeenCalled();
  });

  it('with a source refuses a feed that somebody else signed, before anything of it is read', async () => {
    Object.assign(electron.app, { isPackaged: true, getAppPath: () => folder });
    const updates = { feedUrl: 'https://releases.example/newest', publicKey: key };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ updates }));
    const answer = (body: string) => Promise.resolve(new Response(body));
    electron.net.fetch.mockImplementation((url: string) => answer(url.endsWith('.sig') ? 'AAAA' : feed));
    await expect(openUpdater()?.find()).rejects.toThrow('not signed by Spillway’s key'.replace('’', "'"));
    expect(electron.net.fetch.mock.calls.map(([url]) => String(url))).toEqual([
      expect.stringMatching(/^https:\/\/releases\.example\/newest\/latest.*\.yml$/),
      expect.stringMatching(/\.yml\.sig$/),
    ]);
  });

  it('is offered in steps, with what is new, under a signature that the app accepts', () => {
    writeFileSync(join(folder, 'latest-linux.yml'), feed);
    const script = join(import.meta.dirname, '../../scripts/release-feed.mjs');
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const run = (percent: string) =>
      execFileSync(process.execPath, [script, folder, '--percent', percent], {
        env: { ...process.env, UPDATE_SIGNING_KEY: secret },
        stdio: 'pipe',
      });
    run('10');
    run('50');
    const text = readFileSync(join(folder, 'latest-linux.yml'), 'utf8');
    expect(text.match(/^stagingPercentage: .*$/gm)).toEqual(['stagingPercentage: 50']);
    expect(text.match(/^releaseNotes: .*$/gm)).toHaveLength(1);
    expect(text).toContain('Added');
    expect(isSigned(text, readFileSync(join(folder, 'latest-linux.yml.sig'), 'utf8'), key)).toBe(true);
    expect(isOfFeed({ version: '1.2.3', files: [{ sha512: 'QUJD+/==' }] }, text)).toBe(true);
    expect(() => run('0')).toThrow();
    rmSync(folder, { recursive: true });
  });
});
