import { describe, expect, it } from 'vitest';
import type { LoadFamily } from '#shared/contract/devices.ts';
import { LoadDevice, PlantDevice } from '#shared/device.ts';
import { plantFamilies } from '#engine/devices/families.ts';
import { minerFamilies } from '#engine/miners/catalogue.ts';
import {
  deviceOf,
  draftOfDevice,
  draftOfFound,
  emptyDraft,
  freeId,
  rolesFor,
  setupOf,
  type Chosen,
  type Device,
  type Draft,
} from '../../renderer/views/devices/add/draft.ts';

const families = plantFamilies();
const plant = (id: string): Chosen => ({ kind: 'plant', family: families.find((family) => family.id === id)! });
const load = (family: string): Chosen => ({
  kind: 'load',
  family: minerFamilies.find((each) => each.family === family) as LoadFamily,
});
const filled = (chosen: Chosen, more: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(chosen),
  host: '192.168.1.5',
  port: '502',
  path: '/dev/ttyUSB0',
  url: 'mqtt://192.168.1.2:1883',
  topic: 'meter',
  ...more,
});
const made = (draft: Draft, chosen: Chosen, before?: Device): Device => {
  const result = deviceOf(draft, chosen, 'x', before);
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result.problems));
  return result.made;
};

describe('every family can be added by its form', () => {
  const all: Chosen[] = [
    ...families.map((family): Chosen => ({ kind: 'plant', family })),
    ...minerFamilies
      .filter(({ transport }) => transport !== 'process')
      .map((family): Chosen => ({ kind: 'load', family })),
  ];
  it.each(all.map((chosen) => ['id' in chosen.family ? chosen.family.id : chosen.family.family, chosen] as const))(
    '%s',
    (_, chosen) => {
      const { kind, device } = made(filled(chosen), chosen);
      const schema = kind === 'plant' ? PlantDevice : LoadDevice;
      expect(schema.parse(JSON.parse(JSON.stringify(device)))).toEqual(device);
      // And what was saved comes back into the fields as it was.
      expect(
        deviceOf(draftOfDevice({ kind, device } as Device, chosen), chosen, 'x', { kind, device } as Device),
      ).toEqual({ outcome: 'ok', made: { kind, device } });
    },
  );
});

it('names each field that is not right', () => {
  const draft = { ...emptyDraft(plant('sunspec')), name: ' ', port: '70000', unit: 'x', roles: [], pollS: '0' };
  const result = deviceOf(draft, plant('sunspec'), 'x', undefined);
  expect(result).toMatchObject({ outcome: 'refused' });
  if (result.outcome === 'refused')
    expect(Object.keys(result.problems).toSorted()).toEqual(['host', 'name', 'pollS', 'port', 'roles', 'unit']);
});

it('keeps what the form does not show of an edited device', () => {
  const before: Device = {
    kind: 'plant',
    device: PlantDevice.parse({
      id: 'x',
      name: 'Envoy',
      family: 'enphase-envoy',
      roles: ['production'],
      swapped: ['grid'],
      connection: {
        transport: 'http',
        host: '192.168.1.7',
        port: 443,
        tls: true,
        secret: 'my-secret',
        fingerprint: 'ab:cd',
      },
    }),
  };
  const chosen = plant('enphase-envoy');
  const draft = { ...draftOfDevice(before, chosen), name: 'IQ Gateway', password: 'new' };
  expect(made(draft, chosen, before).device).toEqual({ ...before.device, name: 'IQ Gateway' });
});

it('names a secret only where a password was typed', () => {
  expect(made(filled(plant('solax')), plant('solax')).device.connection).not.toHaveProperty('secret');
  const typed = made(filled(plant('solax'), { password: 'pw' }), plant('solax'));
  expect(typed.device.connection).toMatchObject({ secret: 'x' });
  expect(JSON.stringify(typed)).not.toContain('pw');
});

it('takes channels as numbers and names as text', () => {
  const setup = { channel: '1', power: 'ENERGY.Power', serial: '0012', empty: ' ' };
  expect(made(filled(plant('shelly-gen1'), { setup }), plant('shelly-gen1')).device.setup).toEqual({
    channel: 1,
    power: 'ENERGY.Power',
    serial: '0012',
  });
});

it('writes watts as the level of a load, and takes them away again', () => {
  const chosen = load('antminer-stock');
  const written = made(filled(chosen, { watts: '3250' }), chosen);
  expect(written.kind === 'load' && written.device.model?.levels).toEqual({ kind: 'steps', watts: [3250] });
  const without = made({ ...draftOfDevice(written, chosen), watts: '' }, chosen, written);
  expect(without.kind === 'load' && without.device.model).toEqual({});
});

it('takes over what the search found', () => {
  const connection = { transport: 'http', host: '192.168.1.9', port: 8080, tls: false } as const;
  const found = { kind: 'plant', family: 'shelly-gen2', name: 'Pro 3EM', roles: ['grid'], connection } as const;
  const draft = draftOfFound({ ...found, roles: ['grid'], setup: { channel: 0 } }, plant('shelly-gen2'));
  expect(draft).toMatchObject({ name: 'Pro 3EM', host: '192.168.1.9', port: '8080', setup: { channel: '0' } });
});

it('lets a meter be mounted anywhere, and asks for the logger where there is one', () => {
  const family = (id: string) => families.find((each) => each.id === id)!;
  expect(rolesFor(family('shelly-gen2'))).toContain('battery');
  expect(rolesFor(family('sma-inverter'))).toEqual(['production']);
  expect(setupOf(plant('deye-string'), 'tcp')).toHaveProperty('loggerSerial');
  expect(setupOf(plant('givenergy'), 'tcp')).not.toHaveProperty('loggerSerial');
});

it.each([
  ['Zähler Küche', 'zahler-kuche'],
  ['عداد', 'device'],
  ['Meter', 'meter-2'],
])('finds a free id for %s', (name, id) => {
  expect(freeId(name, new Set(['meter']))).toBe(id);
});
