import { describe, expect, it } from 'vitest';
import type { Connection } from '#shared/device.ts';
import { ecuReading } from '#engine/devices/apsystems-ecu.ts';
import { encodeMessage } from '#engine/devices/decode/protobuf.ts';
import { hoymilesFrame, hoymilesReply } from '#engine/devices/hoymiles-dtu-w.ts';
import { plantAdapters } from '#engine/devices/registry.ts';
import { senecNumber } from '#engine/devices/senec.ts';
import { solaxReading } from '#engine/devices/solax-http.ts';
import { decrypted, encrypted } from '#engine/transports/hoymiles-cipher.ts';
import { rctAnswers, rctFrame, rctQuestions } from '#engine/transports/rct-frame.ts';
import { scomChecksum, scomFrame } from '#engine/transports/scom.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { bytesPeer, httpPeer } from '../support/loopback.ts';
import { NOON_MS } from '../support/miners.ts';
import { plantDevice, testPorts } from './plant.ts';
import { ECU, HOYMILES, RCT } from './replies.ts';

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

describe('RCT Power', () => {
  // Worked out by another implementation: svalouch/python-rctclient, tests/test_bytecode_generation.py.
  it.each([
    [0x01, 0, '2b010400000000c2b6'],
    [0x01, 0xc0de, '2b01040000c0defe51'],
    [0x01, 0xffffffff, '2b0104ffffffff5b79'],
    [0x02, 0xc0de, '2b02040000c0de30b1'],
    [0x05, 0xc0de, '2b05040000c0def8f0'],
  ])('frames command %i for object %i', (command, id, hex) => {
    expect(rctFrame(command, id).toString('hex')).toBe(hex);
  });

  it('puts an escape before what looks like the start of a frame, and takes it away', () => {
    const value = Buffer.from([0x2b, 0x2d, 0x2b, 0x00]);
    const frame = rctFrame(0x05, 0x2b2d0001, value);
    expect(frame.subarray(1).filter((byte) => byte === 0x2b).length).toBe(3);
    expect(rctAnswers(frame)).toEqual([{ id: 0x2b2d0001, value }]);
  });

  it('leaves out answers that are cut or damaged, and questions of others', () => {
    for (let length = 0; length < 13; length++) expect(rctAnswers(RCT.subarray(0, length))).toEqual([]);
    const damaged = Buffer.from(RCT.subarray(0, 13));
    damaged[8] = (damaged[8] ?? 0) ^ 0x40;
    expect(rctAnswers(damaged)).toEqual([]);
    expect(rctAnswers(rctQuestions([1, 2, 3]))).toEqual([]);
  });

  it('asks for everything at once and reads it with its signs', async () => {
    await using peer = await bytesPeer(() => RCT);
    expect(await open('rct-power', tcp(peer.port)).read(signal())).toMatchObject({
      reading: {
        production: 4300,
        productionTotal: 5_000_000,
        import: 0,
        export: 2000,
        charge: 1500,
        discharge: 0,
        soc: 75,
        demand: 800,
        importTotal: 500_000,
        exportTotal: 3_000_000,
        batteryFull: false,
      },
    });
    expect(peer.asked[0]).toMatch(/^2b0104b5317b78/);
  });

  it('says so where the answer is something else', async () => {
    await using peer = await bytesPeer(() => Buffer.alloc(20_000, 0x41));
    expect(await open('rct-power', tcp(peer.port)).read(signal())).toMatchObject({ fault: { kind: 'garbage' } });
  });
});

/** A whole frame that no checksum fits. */
const NOISE = Buffer.from('HM\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u000c\u0001\u0002', 'latin1');

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

  it('learns from the gateway what it encrypts with, and goes on so', async () => {
    const random = Buffer.from('f5480938516c557e347bc49c672b6af1', 'hex');
    const info = encodeMessage([[8, encodeMessage([[27, random]])]]);
    await using peer = await bytesPeer((request) => {
      if (request.readUInt16BE(2) === 0xa301) return hoymilesFrame(0xa201, 1, info);
      // What was asked openly is answered with noise.
      const asked = hoymilesReply(request, random);
      return asked ? hoymilesFrame(0xa211, request.readUInt16BE(4), HOYMILES, random) : NOISE;
    });
    const device = open('hoymiles-dtu-w', tcp(peer.port));
    expect(await device.read(signal())).toMatchObject({ reading: { production: 351.4 } });
    expect(await device.read(signal())).toMatchObject({ reading: { production: 351.4 } });
    expect(peer.asked.map((hex) => hex.slice(4, 8))).toEqual(['a311', 'a301', 'a311', 'a311']);
    // Worked out in Python (hashlib, cryptography): AES-128-GCM of "abc" for command 0xa311, sequence 7.
    expect(encrypted(random, 0xa311, 7, Buffer.from('abc')).toString('hex')).toBe(
      '1d7bd428eec33a1e556cbfe804a1968ec60c46',
    );
    expect(decrypted(random, 0xa311, 8, encrypted(random, 0xa311, 7, Buffer.from('abc')))).toBeUndefined();
  });

  it('says so where the answer is something else', async () => {
    await using peer = await bytesPeer(() => NOISE);
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
