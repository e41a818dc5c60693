import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { carloGavazzi } from '#engine/profiles/carlo-gavazzi.ts';
import { DeviceReport, PlantFamily, Search } from '#shared/contract/devices.ts';
import { Site } from '#shared/site.ts';
import { openDeviceDesk } from '#engine/device-desk.ts';
import { deviceReport } from '#engine/devices/device-report.ts';
import type { discover, DiscoveryProgress } from '#engine/devices/discovery.ts';
import { openOwnFamilies } from '#engine/devices/own-families.ts';
import { plantFamilies } from '#engine/devices/families.ts';
import { plantDevice, testPorts } from '../devices/plant.ts';

const http = { transport: 'http', host: '192.168.1.9', port: 80, tls: false } as const;
const progress: DiscoveryProgress = {
  done: 4,
  total: 4,
  found: [{ family: 'shelly-gen2', name: 'Shelly Pro3EM', roles: ['grid'], connection: http }],
  loads: [{ family: 'axeos', connection: http }],
};

async function desk(look: typeof discover, folder = '/nonexistent', family = 'sunspec') {
  const site = Site.parse({
    version: 1,
    id: 'home',
    name: 'Home',
    timeZone: 'UTC',
    currency: 'EUR',
    devices: [plantDevice('meter', ['grid'], { family })],
  });
  const families = await openOwnFamilies(folder);
  return openDeviceDesk({
    ...testPorts(),
    site: () => site,
    families,
    reportOf: () => undefined,
    profileChanged: () => Promise.resolve(),
    confirmed: () => Promise.resolve(),
    discover: look,
  });
}

it('searches once asked, leaves devices in use alone and shows plants and miners', async () => {
  let inUse: ReadonlySet<string> = new Set();
  const open = await desk((options) => {
    inUse = options.inUse;
    options.onProgress({ ...progress, done: 2, found: [], loads: [] });
    return Promise.resolve(progress);
  });
  const seen: Search[] = [];
  open.search.subscribe((value) => seen.push(Search.parse(value)));
  expect(seen[0]?.phase).toBe('idle');
  open.startSearch();
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen.map(({ phase }) => phase)).toEqual(['idle', 'searching', 'searching', 'done']);
  expect(seen.at(-1)?.found.map(({ kind, family }) => `${kind} ${family}`)).toEqual([
    'plant shelly-gen2',
    'load axeos',
  ]);
  expect([...inUse]).toEqual(['127.0.0.1']);
});

it('can be cancelled', async () => {
  const open = await desk(async (options) => {
    await new Promise<void>((resolve) => options.signal.addEventListener('abort', () => resolve()));
    return progress;
  });
  const seen: Search['phase'][] = [];
  open.search.subscribe(({ phase }) => seen.push(phase));
  open.startSearch();
  open.cancelSearch();
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen.at(-1)).toBe('cancelled');
});

it('tries a device, and says so where its family is none', async () => {
  const open = await desk(() => Promise.resolve(progress));
  const found = await open.tryPlant(plantDevice('x', ['grid'], { family: 'nonesuch' }));
  expect(found).toMatchObject({ outcome: 'failed', fault: { kind: 'unsupported' } });
});

it('lists families as the contract has them, and reports only devices of the site', async () => {
  for (const family of plantFamilies()) PlantFamily.parse(family);
  expect(DeviceReport.parse((await desk(() => Promise.resolve(progress))).report('x')).outcome).toBe('unknown');
});

it('blanks what is private in a report', () => {
  const device = plantDevice('meter', ['grid'], { connection: { ...http, secret: 'shelly' } });
  const text = deviceReport({
    device,
    health: () => ({
      id: 'meter',
      name: 'meter',
      kind: 'plant',
      family: 'x',
      roles: ['grid'],
      address: '192.168.1.9:80',
      status: 'failing',
      fault: { kind: 'timeout', message: '192.168.1.9:80 did not answer' },
    }),
    latest: () => ({ reading: { import: 5, serial: 'ABC123' }, atMs: 1 }),
    raw: () => ({ mac: 'C45BBE', wifi: { ssid: 'home' }, emeters: [{ power: 5, unique_id: '77' }] }),
  });
  expect(text).toContain('"power": 5');
  for (const secret of ['192.168.1.9', 'ABC123', 'C45BBE', '"home"', '77', 'shelly'])
    expect(text).not.toContain(secret);
});

it('checks, tries and keeps a profile of the owner, and passes over a broken one with its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-profiles-'));
  try {
    writeFileSync(join(folder, 'broken.json'), '{"id": 5}');
    expect((await openOwnFamilies(folder)).problems.join()).toContain('broken.json');
    const open = await desk(() => Promise.resolve(progress), folder);
    const text = JSON.stringify({ ...carloGavazzi, id: 'my-meter' });
    expect(open.checkProfile('{}').outcome).toBe('refused');
    expect(open.checkProfile(text)).toEqual({ outcome: 'ok', family: 'my-meter' });
    const device = plantDevice('m', ['grid'], { connection: { ...http, host: '127.0.0.1' } });
    expect(await open.tryProfile(text, device)).toMatchObject({ outcome: 'failed', fault: { kind: 'unsupported' } });
    expect(await open.saveProfile(text)).toEqual({ outcome: 'ok', family: 'my-meter' });
    expect((await openOwnFamilies(folder)).names()).toContain('my-meter');
    expect(open.ownProfiles()).toEqual([{ id: 'my-meter', text, usedBy: [] }]);
    expect(await open.removeProfile('my-meter')).toEqual([]);
    expect((await openOwnFamilies(folder)).names()).not.toContain('my-meter');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('does not take out a profile that a device of the site is read by', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-profiles-'));
  try {
    writeFileSync(join(folder, 'meter.json'), JSON.stringify({ ...carloGavazzi, id: 'shelly-of-mine' }));
    const open = await desk(() => Promise.resolve(progress), folder, 'shelly-of-mine');
    expect(open.ownProfiles()).toMatchObject([{ id: 'shelly-of-mine', usedBy: [expect.any(String)] }]);
    expect(await open.removeProfile('shelly-of-mine')).toMatchObject([{ field: 'id' }]);
    expect(open.ownProfiles()).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
