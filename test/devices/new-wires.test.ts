import { describe, expect, it } from 'vitest';
import type { Connection } from '#shared/device.ts';
import { ecuReading } from '#engine/devices/apsystems-ecu.ts';
import { hoymilesFrame } from '#engine/devices/hoymiles-dtu-w.ts';
import { plantAdapters } from '#engine/devices/registry.ts';
import { senecNumber } from '#engine/devices/senec.ts';
import { solaxReading } from '#engine/devices/solax-http.ts';
import { scomChecksum, scomFrame } from '#engine/transports/scom.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { bytesPeer, httpPeer } from '../support/loopback.ts';
import { NOON_MS } from '../support/miners.ts';
import { plantDevice, testPorts } from './plant.ts';
import { ECU, HOYMILES } from './replies.ts';

const signal = () => AbortSignal.timeout(5000);
const http = (port: number, user?: string): Connection => ({
  transport: 'http',
  host: '127.0.0.1',
  port,
  tls: false,
  ...(user === undefined ? {} : { user, secret: 'k' }),
});
const tcp = (port: number): Connection => ({ transport: 'tcp', host: '127.0.0.1', port });

function open(family: string, connection: Connection, setup: Record<string, string | number> = {}) {
  const adapter = plantAdapters[family];
  if (!adapter) throw new Error(`no family ${family}`);
  const ports = { ...testPorts(), clock: manualClock(NOON_MS), secret: () => 'password' };
  return adapter(plantDevice('d', ['production'], { family, connection, setup }), ports);
}

describe('SENEC', () => {
  it('asks for what it needs and reads hexadecimal floats', async () => {
    const energy = {
      GUI_GRID_POW: 'fl_C2F6E979',
      GUI_BAT_DATA_POWER: 'fl_44BB8000',
      GUI_BAT_DATA_FUEL_CHARGE: 'fl_42480000',
      GUI_HOUSE_POW: 'fl_43FA0000',
      GUI_INVERTER_POWER: 'fl_45034000',
    };
    await using peer = await httpPeer(() => ({ body: { ENERGY: energy, PM1OBJ1: { FREQ: 'fl_4247F5C3' } } }));
    const device = open('senec', http(peer.port));
    expect(await device.read(signal())).toMatchObject({
      reading: {
        import: 0,
        export: 123.456,
        charge: 1500,
        discharge: 0,
        soc: 50,
        demand: 500,
        production: 2100,
        gridFrequency: 49.99,
        batteryFull: false,
      },
    });
    expect(peer.asked[0]).toMatch(/^POST \/lala\.cgi \{"ENERGY":\{"GUI_GRID_POW":""/);
    await device.close();
  });

  it.each([
    ['fl_3F800000', 1],
    ['u8_0D', 13],
    ['i3_FFFF', -1],
    ['i8_7F', 127],
    ['fl_7FC00000', undefined],
    ['VARIABLE_NOT_FOUND', undefined],
    ['st_abc', undefined],
    [undefined, undefined],
  ])('%s is %s', (text, value) => expect(senecNumber(text)).toBe(value));
});

describe('SMA ennexOS', () => {
  it('logs in once, again when its session has ended, and tells why it derates', async () => {
    let token = 'one';
    await using peer = await httpPeer(({ path, headers }) => {
      if (path === '/api/v1/token') return { body: { access_token: token } };
      if (headers.authorization !== `Bearer ${token}`) return { status: 401 };
      const values = (name: string, value: number) => ({ channelId: `Measurement.${name}`, values: [{ value }] });
      return {
        body: [
          { channelId: 'Measurement.PvGen.PvW[]', values: [{ values: [1200, 800] }] },
          values('Metering.GridMs.TotWOut', 500),
          values('Metering.GridMs.TotWIn', 0),
          values('Operation.DrtStt', 1705),
          values('Operation.RunStt', 295),
          { channelId: 'Measurement.GridMs.Hz', values: [{ time: 'now' }] },
        ],
      };
    });
    const device = open('sma-ennexos', http(peer.port, 'owner'));
    const reading = {
      production: 2000,
      export: 500,
      import: 0,
      curtailed: true,
      curtailmentCause: 'frequency',
      status: 'ok',
    };
    expect(await device.read(signal())).toMatchObject({ reading });
    expect(await device.read(signal())).toMatchObject({ reading });
    token = 'two';
    expect(await device.read(signal())).toMatchObject({ fault: { kind: 'busy' } });
    expect(await device.read(signal())).toMatchObject({ reading });
    expect(peer.asked.filter((line) => line.includes('token'))).toEqual(
      Array(2).fill('POST /api/v1/token grant_type=password&username=owner&password=password'),
    );
    await device.close();
  });

  it('says when it has no password, and when it is wrong', async () => {
    await using peer = await httpPeer(() => ({ status: 400 }));
    expect(await open('sma-ennexos', http(peer.port, 'owner')).read(signal())).toMatchObject({
      fault: { kind: 'unauthorized', message: expect.stringContaining('refuses') },
    });
    expect(await open('sma-ennexos', http(peer.port)).read(signal())).toMatchObject({
      fault: { kind: 'unauthorized', message: expect.stringContaining('needs the user name') },
    });
  });
});

describe('SolaX over HTTP', () => {
  const words = (values: Record<number, number>) => Array.from({ length: 200 }, (_, i) => values[i] ?? 0);
  it.each([
    [14, 'data', { 0: 2301, 14: 900, 15: 600, 16: 5001, 34: 65_036, 35: 65_535, 41: 1000, 103: 80 }, 1500, 500],
    [5, 'Data', { 0: 2301, 13: 900, 14: 600, 15: 5001, 65: 65_036, 26: 1000, 28: 80 }, 1500, 500],
    [16, 'data', { 0: 2301, 15: 500, 16: 500, 17: 500, 18: 5001, 72: 65_036, 73: 65_535 }, 1500, 500],
    [18, 'data', { 0: 2301, 2: 5001, 13: 900, 14: 600, 72: 65_036, 73: 65_535 }, 1500, 500],
    [4, 'Data', { 0: 2301, 7: 900, 8: 600, 9: 5001, 48: 65_036 }, 1500, 500],
  ] as const)('type %d', (type, key, values, production, imported) => {
    expect(solaxReading({ type, [key]: words(values), sn: 'S1' })).toMatchObject({
      production,
      import: imported,
      export: 0,
      gridVoltage: 230.1,
      gridFrequency: 50.01,
      serial: 'S1',
    });
  });

  it('does not guess at a type it does not know', () => {
    expect(solaxReading({ type: 99, Data: words({}) })).toBeUndefined();
  });
});

describe('APsystems ECU', () => {
  it('is asked once and read to the byte', async () => {
    await using peer = await bytesPeer(() => ECU);
    expect(await open('apsystems-ecu', tcp(peer.port)).read(signal())).toMatchObject({
      reading: { production: 1234, productionTotal: 4_321_500, serial: '216200012345' },
    });
    expect(Buffer.from(peer.asked[0] ?? '', 'hex').toString('latin1')).toBe('APS1100160001END\n');
  });

  it('knows nothing right after its start, and takes nothing cut short', () => {
    const fresh = Buffer.from(ECU);
    fresh.fill(0, 27, 35);
    expect(ecuReading(fresh)).toEqual({ serial: '216200012345' });
    for (let length = 0; length < ECU.length; length++) expect(ecuReading(ECU.subarray(0, length))).toBeUndefined();
  });
});

describe('Hoymiles DTU-W', () => {
  it('is asked to the byte, part by part, and read', async () => {
    await using peer = await bytesPeer(() => hoymilesFrame(0xa211, 1, HOYMILES));
    expect(await open('hoymiles-dtu-w', tcp(peer.port)).read(signal())).toMatchObject({
      reading: {
        production: 351.4,
        productionTotal: 1_234_567,
        gridVoltage: 230.1,
        gridFrequency: 50.02,
        serial: '4143A0112233',
      },
    });
    // Worked out in Python by hand: field 1 the time in words, 4 the offset, 5 the time; CRC-16/MODBUS.
    expect(peer.asked).toEqual(['484da3110001ba2b00290a13323032362d30362d32312031303a30303a30302080e10128a0ecded106']);
  });

  it('says so where the answer is something else', async () => {
    await using peer = await bytesPeer(() =>
      Buffer.from('HM\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u000c\u0001\u0002', 'latin1'),
    );
    expect(await open('hoymiles-dtu-w', tcp(peer.port)).read(signal())).toMatchObject({ fault: { kind: 'garbage' } });
  });
});

describe('Studer over the Xcom-232i', () => {
  it('frames as the vendor’s example does', () => {
    // Reading info 3000 of device 101, from "Technical specification Xtender serial protocol".
    const data = Buffer.from('00010100b80b00000100', 'hex');
    expect(scomFrame(1, 101, data).toString('hex')).toBe('aa0001000000650000000a006f7100010100b80b00000100c590');
    expect(scomChecksum(data).toString('hex')).toBe('c590');
  });

  it('reads the same profile as over Modbus: floats, short numbers, and devices that are not there', async () => {
    const infos: Record<string, number> = { '100 3085': 50, '301 11004': 0.5, '301 11016': 9, '301 11038': 1 };
    await using peer = await bytesPeer((asked) => {
      const [to, id] = [asked.readUInt32LE(6), asked.readUInt32LE(18)];
      const value = infos[`${to} ${id}`];
      const isShort = id === 11_016 || id === 11_038;
      const body = Buffer.alloc(value === undefined || isShort ? 2 : 4);
      if (value === undefined) body.writeUInt16LE(0x22);
      else if (isShort) body.writeUInt16LE(value);
      else body.writeFloatLE(value);
      const head = Buffer.from(asked.subarray(14, 24));
      head.writeUInt8(value === undefined ? 3 : 2, 0);
      return scomFrame(to, 1, Buffer.concat([head, body]));
    });
    const device = open('studer-xcom', tcp(peer.port), { unit: 10, variotrack: 21, bsp: 60 });
    expect(await device.read(signal())).toMatchObject({
      reading: {
        production: 500,
        gridFrequency: 50,
        chargerStage: 'absorption',
        curtailed: true,
        curtailmentCause: 'battery-full',
      },
    });
    await device.close();
  });
});
