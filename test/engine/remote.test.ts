import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineContract } from '#shared/contract/engine.ts';
import { allowFor } from '#shared/contract/permissions.ts';
import { PlantDevice } from '#shared/device.ts';
import type { Role } from '#shared/contract/access.ts';
import type { Fault } from '#shared/rpc/contract.ts';
import { Site } from '#shared/site.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

const members = Object.entries(EngineContract).flatMap(([group, names]) =>
  Object.entries(names).map(([name, member]) => ({ group, name, member, full: `${group}.${name}` })),
);
const withSecret = (host: string, secret: string) =>
  PlantDevice.parse({
    id: 'meter-2',
    name: 'Second meter',
    family: 'shelly-gen2',
    roles: ['grid'],
    connection: { transport: 'http', host, port: 80, secret },
  });

describe('over the network', () => {
  let running: Awaited<ReturnType<typeof simulatedEngine>>;
  beforeAll(async () => {
    running = await simulatedEngine('home', (site) => ({
      ...site,
      devices: [...site.devices, withSecret('127.0.0.1', 'meter-password')],
    }));
  });
  afterAll(async () => {
    await running.stop();
    await running.end();
  });

  /** `forbidden`, or what became of it otherwise. */
  async function tryMember(role: Role, { group, name, member }: (typeof members)[number]): Promise<string> {
    const client = running.client(role) as never as Record<string, Record<string, never>>;
    const called: unknown = client[group]![name];
    if (member.kind === 'procedure')
      return (called as (input: unknown) => Promise<unknown>)({ nonsense: true }).then(
        () => 'answered',
        (fault: Fault) => fault.code,
      );
    return new Promise((resolve) =>
      (called as { subscribe(value: () => void, fault: (fault: Fault) => void): () => void }).subscribe(
        () => resolve('answered'),
        (fault) => resolve(fault.code),
      ),
    );
  }

  test.each(['viewer', 'owner'] as const)('a %s is refused all that the table gives to others', async (role) => {
    const forbidden = members.filter(({ full }) => !allowFor(role)(full));
    expect(forbidden.length).toBeGreaterThan(role === 'viewer' ? 35 : 8);
    for (const member of forbidden)
      expect([member.full, await tryMember(role, member)]).toEqual([member.full, 'forbidden']);
    const allowed = members.filter(({ full, member }) => allowFor(role)(full) && member.kind === 'procedure');
    for (const member of allowed)
      expect([member.full, await tryMember(role, member)]).not.toEqual([member.full, 'forbidden']);
  });

  test('a viewer changes nothing: what a viewer may call gives, and takes nothing', () => {
    const changing =
      /^(set|save|start|stop|resume|pause|change|enter|add|remove|import|cancel|end|pair|use|make|backUp|try)([A-Z]|$)/;
    const allowed = members.filter(({ full, name }) => allowFor('viewer')(full) && changing.test(name));
    expect(allowed.map(({ full }) => full)).toEqual([]);
  });

  test('an owner opens no door further, and begins nothing that costs', () => {
    const allowed = members.map(({ full }) => full).filter(allowFor('owner'));
    expect(allowed.filter((full) => /^access\.(?!me$)|boost|[Pp]rofile|secret/.test(full))).toEqual([]);
  });

  test.each([
    '__proto__.toString',
    'constructor.name',
    'site.__proto__',
    'site.constructor',
    'site',
    '.',
    'nothing.here',
  ])('%s is nobody’s', (member) => {
    for (const role of ['viewer', 'owner', 'local'] as const) expect(allowFor(role)(member)).toBe(false);
  });

  test('everyone is told what he may be', async () => {
    for (const role of ['viewer', 'owner', 'local'] as const)
      expect(await running.client(role).access.me({})).toEqual({ role });
  });

  test('a secret does not go to another address, by saving or by trying', async () => {
    const owner = running.client('owner');
    const site = await owner.site.get({});
    const change = (devices: PlantDevice[]) => owner.site.save(Site.parse({ ...site, devices }));
    const others = site.devices.slice(0, -1);
    for (const thief of [withSecret('192.168.1.66', 'meter-password'), withSecret('127.0.0.1', 'other-secret')]) {
      expect(await change([...others, thief])).toMatchObject({ outcome: 'refused' });
      expect(await owner.devices.savePlant(thief)).toMatchObject({ outcome: 'refused' });
      expect(await owner.devices.tryPlant({ device: thief })).toMatchObject({
        outcome: 'failed',
        fault: { kind: 'refused' },
      });
    }
    const load = { ...site.loads[0]!, connection: withSecret('192.168.1.66', 'meter-password').connection };
    expect(await owner.devices.tryLoad({ device: load })).toMatchObject({
      outcome: 'failed',
      fault: { kind: 'refused' },
    });
    expect(await owner.site.save({ ...site, loads: [load] })).toMatchObject({ outcome: 'refused' });
    expect(await owner.devices.saveLoad(load)).toMatchObject({ outcome: 'refused' });
    const plugged = { ...site.loads[0]!, plug: { family: 'shelly-gen2', connection: load.connection, setup: {} } };
    expect(await owner.site.save({ ...site, loads: [plugged] })).toMatchObject({ outcome: 'refused' });
    // What stays where it is may stay.
    expect(await owner.site.save({ ...site, name: 'Home again' })).toEqual({ outcome: 'ok' });
  });

  test('no program is set and none is tried', async () => {
    const owner = running.client('owner');
    const site = await owner.site.get({});
    const connection = { transport: 'process' as const, start: ['/bin/sh', '-c', 'id'], nvidiaSmi: 'nvidia-smi' };
    const program = { ...site.loads[0]!, family: 'process', connection };
    expect(await owner.site.save({ ...site, loads: [program] })).toMatchObject({ outcome: 'refused' });
    expect(await owner.devices.saveLoad(program)).toMatchObject({ outcome: 'refused' });
    expect(await owner.devices.tryLoad({ device: program })).toMatchObject({ outcome: 'failed' });
  });

  test('a boost is not begun by saving the site', async () => {
    const owner = running.client('owner');
    const site = await owner.site.get({});
    expect(await owner.site.save({ ...site, mode: 'boost' })).toMatchObject({
      outcome: 'refused',
      problems: [{ field: 'mode' }],
    });
  });

  test('the broker of Home Assistant is not changed by saving the site', async () => {
    const owner = running.client('owner');
    const site = await owner.site.get({});
    const homeAssistant = { url: 'mqtt://192.168.1.66:1883', prefix: 'homeassistant' };
    expect(await owner.site.save({ ...site, homeAssistant })).toMatchObject({
      outcome: 'refused',
      problems: [{ field: 'homeAssistant' }],
    });
    await expect(owner.homeAssistant.change({ settings: homeAssistant })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('what is bought is not declared spare from afar, and stays as it was', async () => {
    const owner = running.client('owner');
    const site = await owner.site.get({});
    const allowances = [{ days: [1], from: '00:00', to: '06:00', powerW: 3000 }];
    const refused = { outcome: 'refused', problems: [{ field: 'control.allowances' }] };
    expect(await owner.control.changeSettings({ control: { allowances } })).toMatchObject(refused);
    expect(await owner.site.save({ ...site, control: { ...site.control, allowances } })).toMatchObject(refused);
    expect(await owner.control.changeSettings({ control: { allowances: [], reserveW: 120 } })).toEqual({
      outcome: 'ok',
    });
    expect((await owner.site.get({})).control).toMatchObject({ allowances: [], reserveW: 120 });
  });
});
