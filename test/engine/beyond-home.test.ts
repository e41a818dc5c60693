import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlantDevice, type Connection } from '#shared/device.ts';
import { hostOf, isAtHome } from '#shared/home-network.ts';
import { simulatedEngine } from '../support/simulated-engine.ts';

test.each([
  ['192.168.178.40', true],
  ['10.0.0.1', true],
  ['172.16.9.1', true],
  ['172.32.0.1', false],
  ['169.254.1.1', true],
  ['127.0.0.1', true],
  ['100.64.0.1', false],
  ['8.8.8.8', false],
  ['192.168.178.999', false],
  ['::1', true],
  ['[fd00::5]', true],
  ['fe80::1', true],
  ['2001:db8::1', false],
  ['::ffff:8.8.8.8', false],
  ['inverter', true],
  ['Shelly-Pro.local', true],
  ['wr.fritz.box', true],
  ['localhost', true],
  ['example.com', false],
  ['192.168.1.1.example.com', false],
  ['evil.local.example.com', false],
  // Spellings that a resolver reads as addresses.
  ['134744072', false],
  ['0x08080808', false],
  ['8.8', false],
  ['010.8.8.8', false],
  ['', false],
  ['a b', false],
])('%s is at home: %s', (host, expected) => {
  expect(isAtHome(host)).toBe(expected);
});

test('a connection leads where its host or its URL says', () => {
  expect(hostOf({ transport: 'mqtt', url: 'mqtts://user@broker.example:8883' })).toBe('broker.example');
  expect(hostOf({ transport: 'mqtt', url: 'mqtt://[fd00::1]:1883' })).toBe('[fd00::1]');
  expect(hostOf({ transport: 'serial' })).toBeUndefined();
});

let home: Awaited<ReturnType<typeof simulatedEngine>>;
beforeAll(async () => {
  home = await simulatedEngine('home');
});
afterAll(async () => {
  await home.stop();
  await home.end();
});

const meter = (connection: Connection) =>
  PlantDevice.parse({ id: 'far', name: 'Far', family: 'sunspec', roles: ['production'], connection });
const at = (host: string, beyondHome?: true): Connection => ({
  transport: 'modbus-tcp',
  host,
  port: 502,
  unit: 1,
  ...(beyondHome ? { beyondHome } : {}),
});

test('a device in the internet is neither tried nor kept before the owner says that it is meant', async () => {
  const owner = home.client();
  const device = meter(at('203.0.113.5'));
  const message: unknown = expect.stringContaining('203.0.113.5 is not in your home network');
  expect(await owner.devices.tryPlant({ device })).toMatchObject({ outcome: 'failed', fault: { message } });
  const problems = [{ message }];
  expect(await owner.devices.savePlant(device)).toMatchObject({ outcome: 'refused', problems });
  const site = await owner.site.get({});
  expect(await owner.site.save({ ...site, devices: [...site.devices, device] })).toMatchObject({
    outcome: 'refused',
    problems,
  });
  const load = { ...site.loads[0]!, id: 'far-load', connection: at('198.51.100.7') };
  expect(await owner.devices.saveLoad(load)).toMatchObject({ outcome: 'refused' });
  expect(await owner.devices.tryLoad({ device: load })).toMatchObject({ outcome: 'failed' });
});

test('over the network nobody can say so', async () => {
  const remote = home.client('owner');
  const device = meter(at('203.0.113.5', true));
  expect(await remote.devices.tryPlant({ device })).toMatchObject({ outcome: 'failed', fault: { kind: 'refused' } });
  expect(await remote.devices.savePlant(device)).toMatchObject({ outcome: 'refused' });
});

test('what the owner confirmed is kept, and stays', async () => {
  const owner = home.client();
  expect(await owner.devices.savePlant(meter(at('203.0.113.5', true)))).toEqual({ outcome: 'ok' });
  const site = await owner.site.get({});
  expect(await home.client('owner').site.save({ ...site, name: 'Renamed' })).toEqual({ outcome: 'ok' });
  expect(await owner.devices.remove({ id: 'far' })).toEqual({ outcome: 'ok' });
});
