import { expect, it } from 'vitest';
import { overlaySimulated } from '#engine/simulated-site.ts';
import { Site } from '#shared/site.ts';

const site = (port: number, host = '127.0.0.1') =>
  Site.parse({
    version: 1,
    id: 'home',
    name: 'Home',
    timeZone: 'UTC',
    currency: 'EUR',
    simulated: true,
    devices: [
      {
        id: 'meter',
        name: 'Meter',
        family: 'sunspec',
        roles: ['grid'],
        connection: { transport: 'modbus-tcp', host, port },
      },
    ],
    loads: [{ id: 'asic', name: 'ASIC', family: 'cgminer', connection: { transport: 'tcp', host, port: port + 1 } }],
  });
const ports = (merged: Site) =>
  [...merged.devices, ...merged.loads].map(({ connection }) => 'port' in connection && connection.port);

it('is the fresh site where nothing was saved', () => {
  expect(overlaySimulated(site(5000), undefined)).toEqual(site(5000));
});

it("gives saved devices of the simulator today's ports and keeps what the owner changed", () => {
  const saved = { ...site(4000), name: 'My home', mode: 'observe' as const };
  const merged = overlaySimulated(site(5000), saved);
  expect(ports(merged)).toEqual([5000, 5001]);
  expect(merged).toMatchObject({ name: 'My home', mode: 'observe', simulated: true });
});

it('leaves a real device in its place', () => {
  expect(ports(overlaySimulated(site(5000), site(502, '192.168.1.9')))).toEqual([502, 503]);
  const otherFamily = site(4000);
  otherFamily.devices[0]!.family = 'shelly-gen2';
  expect(ports(overlaySimulated(site(5000), otherFamily))).toEqual([4000, 5001]);
});
