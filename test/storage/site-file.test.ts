import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSite, readSiteFile, writeSiteFile } from '#engine/storage/site-file.ts';

const minimal = { version: 1, id: 'home', name: 'Home', timeZone: 'Europe/Berlin', currency: 'EUR' };
const meter = {
  id: 'meter',
  name: 'Meter',
  family: 'shelly-gen2',
  roles: ['grid'],
  connection: { transport: 'http', host: '10.0.0.9' },
};

describe('site file', () => {
  it('fills in what a minimal file leaves out, in the safe direction', () => {
    const file = parseSite(JSON.stringify(minimal), 'site.json');
    expect(file).toMatchObject({
      outcome: 'ok',
      site: {
        mode: 'observe',
        simulated: false,
        control: { probe: { perProbeWh: 5, perHourWh: 30 }, withoutMarket: 'lost-only' },
      },
    });
  });

  it.each([
    ['half a file', '{ "version": 1,', 'not JSON'],
    ['a newer version', JSON.stringify({ ...minimal, version: 2 }), 'Update Spillway'],
    ['an unknown key', JSON.stringify({ ...minimal, modee: 'off' }), 'modee'],
    ['an unknown key inside control', JSON.stringify({ ...minimal, control: { floor: 3 } }), 'floor'],
    ['an unknown key of a device', JSON.stringify({ ...minimal, devices: [{ ...meter, unit: 3 }] }), 'unit'],
    ['a wrong time zone', JSON.stringify({ ...minimal, timeZone: 'Mars/Olympus' }), 'timeZone'],
    ['one id twice', JSON.stringify({ ...minimal, devices: [meter, meter] }), '"meter" is used twice'],
    [
      'a port out of range',
      JSON.stringify({
        ...minimal,
        devices: [{ ...meter, connection: { transport: 'http', host: 'x', port: 70000 } }],
      }),
      'port',
    ],
    ['null', 'null', 'site.json'],
  ])('refuses %s and names the place', (_, text, named) => {
    const file = parseSite(text, 'site.json');
    expect(file.outcome).toBe('unreadable');
    expect(file.outcome === 'unreadable' && file.message).toContain(named);
    expect(file.outcome === 'unreadable' && file.message).toContain('site.json');
  });

  it('tells a missing file from an unreadable one, and leaves no half file behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'site-'));
    const path = join(folder, 'site.json');
    expect(await readSiteFile(path)).toEqual({ outcome: 'missing' });
    expect(await readSiteFile(folder)).toMatchObject({
      outcome: 'unreadable',
      message: expect.stringContaining(folder),
    });
    const parsed = parseSite(JSON.stringify({ ...minimal, devices: [meter] }), path);
    if (parsed.outcome !== 'ok') throw new Error('expected a site');
    await writeSiteFile(path, parsed.site);
    expect(await readSiteFile(path)).toEqual(parsed);
    expect(await readdir(folder)).toEqual(['site.json']);
    await writeFile(path, 'x');
    await readSiteFile(path);
    expect(await readFile(path, 'utf8')).toBe('x');
  });
});
