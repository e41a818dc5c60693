import { ecuReading } from '#engine/devices/apsystems-ecu.ts';
import { ahoyReading, openDtuReading } from '#engine/devices/micro-gateways.ts';
import { cutTelegrams, decodeDsmr } from '#engine/devices/decode/dsmr.ts';
import { decodeMessage, encodeMessage } from '#engine/devices/decode/protobuf.ts';
import { cutSml, decodeSml } from '#engine/devices/decode/sml.ts';
import { decodeSpeedwire } from '#engine/devices/decode/speedwire.ts';
import { enphaseMeters, metersIn } from '#engine/devices/enphase.ts';
import { gridMeterReading, powerFlowReading } from '#engine/devices/fronius-solar-api.ts';
import { entityValue } from '#engine/devices/home-assistant.ts';
import { homewizardBatteryReading, homewizardReading } from '#engine/devices/homewizard.ts';
import { hoymilesFrame, hoymilesReading, hoymilesReply } from '#engine/devices/hoymiles-dtu-w.ts';
import { rctReading, rctValues } from '#engine/devices/rct-power.ts';
import { senecReading } from '#engine/devices/senec.ts';
import { shellyGen1Reading, shellyGen2Reading } from '#engine/devices/shelly.ts';
import { ennexosReading } from '#engine/devices/sma-ennexos.ts';
import { webconnectReading } from '#engine/devices/sma-webconnect.ts';
import { speedwireReading } from '#engine/devices/sma-speedwire.ts';
import { solaxReading } from '#engine/devices/solax-http.ts';
import { tasmotaReading } from '#engine/devices/tasmota.ts';
import { dsmrReading, smlReading } from '#engine/devices/telegrams.ts';
import { powerwallReading } from '#engine/devices/tesla-powerwall.ts';
import { rctFrame } from '#engine/transports/rct-frame.ts';
import type { PlantReading } from '#shared/reading.ts';

const GRID = ['grid'] as const;

export interface JsonDecoder {
  name: string;
  reply: unknown;
  read(reply: unknown): PlantReading;
}

/** One small reply of our own for each family that is read from JSON by code. */
export const jsonDecoders: readonly JsonDecoder[] = [
  {
    name: 'fronius power flow',
    reply: {
      Body: {
        Data: {
          Inverters: { 1: { P: 10, SOC: 55, Battery_Mode: 'normal' } },
          Site: { P_PV: 900, P_Grid: -300, P_Akku: -100, P_Load: -500, E_Total: 1e6 },
        },
      },
    },
    read: powerFlowReading,
  },
  {
    name: 'fronius meter',
    reply: {
      Body: {
        Data: {
          0: {
            Meter_Location_Current: 0,
            EnergyReal_WAC_Plus_Absolute: 5,
            EnergyReal_WAC_Minus_Absolute: 6,
            Voltage_AC_Phase_1: 230,
          },
        },
      },
    },
    read: gridMeterReading,
  },
  {
    name: 'shelly gen 1',
    reply: { mac: 'AB', emeters: [{ power: -20.5, voltage: 231, is_valid: true, total: 5, total_returned: 6 }] },
    read: (reply) => shellyGen1Reading(reply, 0, GRID),
  },
  {
    name: 'shelly gen 2',
    reply: { total_act_power: 33, a_act_power: 11, b_act_power: 11, c_act_power: 11, a_voltage: 230, a_freq: 50 },
    read: (reply) => shellyGen2Reading(reply, reply, GRID),
  },
  {
    name: 'homewizard',
    reply: { active_power_w: 5, total_power_import_kwh: 7, active_voltage_v: 229 },
    read: (reply) => homewizardReading(reply, GRID),
  },
  {
    name: 'homewizard battery',
    reply: { power_w: 5, state_of_charge_pct: 7, voltage_v: 229 },
    read: homewizardBatteryReading,
  },
  {
    name: 'enphase',
    reply: {
      list: [
        { eid: 1, state: 'enabled', measurementType: 'production' },
        { eid: 2, state: 'enabled', measurementType: 'net-consumption' },
      ],
      readings: [
        { eid: 1, activePower: 700, actEnergyDlvd: 10 },
        {
          eid: 2,
          activePower: -70,
          actEnergyDlvd: 1,
          actEnergyRcvd: 2,
          voltage: 240,
          freq: 50,
          channels: [{ activePower: -70, voltage: 240 }],
        },
      ],
    },
    read: (reply) => {
      const { list, readings } = (typeof reply === 'object' && reply !== null ? reply : {}) as {
        list?: unknown;
        readings?: unknown;
      };
      return enphaseMeters(readings, metersIn(list));
    },
  },
  {
    name: 'powerwall',
    reply: {
      site: { instant_power: 10, energy_imported: 5, frequency: 60 },
      battery: { instant_power: -5, frequency: 60 },
      solar: { instant_power: 90 },
      load: { instant_power: 105 },
    },
    read: (reply) => powerwallReading(reply, undefined, 'SystemIslandedActive'),
  },
  {
    name: 'webconnect',
    reply: {
      result: {
        x: {
          '6100_0046C200': { 9: [{ val: 200 }] },
          '6100_00295A00': { 9: [{ val: 50 }] },
          '6180_08214800': { 9: [{ val: [{ tag: 307 }] }] },
        },
      },
    },
    read: webconnectReading,
  },
  {
    name: 'opendtu',
    reply: {
      inverters: [{ serial: '1', reachable: true, producing: true, limit_relative: 50, limit_absolute: 300 }],
      total: { Power: { v: 299 }, YieldTotal: { v: 5 } },
    },
    read: (reply) =>
      openDtuReading(reply, { inverters: [{ AC: { 0: { Voltage: { v: 230 }, Frequency: { v: 50 } } } }] }),
  },
  {
    name: 'ahoy',
    reply: { ch: [[230, 1, 220, 50, 1, 30, 400, 2000, 230, 95, 1]], power_limit_read: 50, max_pwr: 600 },
    read: (reply) => ahoyReading([{ value: reply, fresh: true }], []),
  },
  ...[4, 5, 8, 14, 15, 16, 18].map((type) => ({
    name: `solax ${type}`,
    reply: { type, Data: Array.from({ length: 120 }, (_, i) => (i * 7919) % 65_536) },
    read: (reply: unknown) => solaxReading(reply) ?? {},
  })),
  {
    name: 'senec',
    reply: {
      ENERGY: {
        GUI_GRID_POW: 'fl_C2F6E979',
        GUI_BAT_DATA_POWER: 'fl_44BB8000',
        GUI_BAT_DATA_FUEL_CHARGE: 'fl_42480000',
        GUI_HOUSE_POW: 'fl_43FA0000',
        GUI_INVERTER_POWER: 'fl_45034000',
      },
      PM1OBJ1: { FREQ: 'fl_4247F5C3', U_AC: ['fl_43660000', 'u8_0D', 'i3_FFFF'] },
    },
    read: senecReading,
  },
  {
    name: 'sma ennexos',
    reply: [
      { channelId: 'Measurement.PvGen.PvW[]', values: [{ values: [1200, 800] }] },
      { channelId: 'Measurement.Metering.GridMs.TotWOut', values: [{ value: 500 }] },
      { channelId: 'Measurement.Operation.DrtStt', values: [{ value: 1705 }] },
    ],
    read: ennexosReading,
  },
  {
    name: 'tasmota',
    reply: { ENERGY: { Power: [10, 20], Total: 5, Voltage: 230, Frequency: 50 } },
    read: (reply) => tasmotaReading(reply, {}, GRID),
  },
  {
    name: 'home assistant',
    reply: { state: '1.5', attributes: { unit_of_measurement: 'kW' } },
    read: (reply) => {
      const value = entityValue(reply);
      return value === undefined ? {} : { production: Math.max(0, value) };
    },
  },
];

export interface BytesDecoder {
  name: string;
  bytes: Uint8Array;
  read(bytes: Uint8Array): PlantReading[];
}

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const defined = <T>(value: T | undefined) => (value === undefined ? [] : [value]);

/** DSMR 2 has no checksum, so that mutations reach the lines. */
const TELEGRAM =
  '/ABC5\\METER\r\n\r\n1-0:1.8.1(000123.456*kWh)\r\n1-0:2.8.1(000001.000*kWh)\r\n1-0:1.7.0(00.321*kW)\r\n1-0:2.7.0(00.000*kW)\r\n1-0:32.7.0(230.1*V)\r\n!\r\n';

/** A list entry for 16.7.0 in an SML file without wrapping messages; the checksum is added by `sealed`. */
const SML_BODY = hex('1b1b1b1b01010101 77 07 0100100700ff 01 01 62 1b 52 ff 55 fffffe0c 01 00000000');

export function sealed(body: Uint8Array): Uint8Array {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4), hex('1b1b1b1b1a00')]);
  let crc = 0xffff;
  for (const byte of padded) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  crc ^= 0xffff;
  return Uint8Array.from([...padded, crc & 0xff, crc >> 8]);
}

/** Serial 123456789, 1.4.0 = 500.0 W, 2.4.0 = 0, counters, 32.4.0 = 230 V, end. */
export const SPEEDWIRE = hex(
  '534d4100 000402a0 00000001 0044 0010 6069 015d 075bcd15 00000001' +
    '00010400 00001388 00010800 0000000000000e10 00020400 00000000 00020800 0000000000001c20 00200400 00038270 90000000 02001252',
);

/** Serial, one inverter (230.1 V, 50.02 Hz, 351.4 W), one panel (1 234 567 Wh), 351.4 W in all. */
export const HOYMILES = encodeMessage([
  [1, '4143A0112233'],
  [2, 1_782_036_000],
  [3, 1],
  [
    9,
    encodeMessage([
      [3, 2301],
      [4, 5002],
      [5, 3514],
      [12, 1],
      [13, 1000],
    ]),
  ],
  [
    11,
    encodeMessage([
      [3, 352],
      [5, 3600],
      [6, 1_234_567],
    ]),
  ],
  [12, 3514],
]);

/** 216200012345, lifetime 4 321.5 kWh, 1 234 W. */
const HOYMILES_RANDOM = Buffer.alloc(16, 7);

/** A frame of RCT Power with a 32-bit float. */
function rctFloat(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return rctFrame(0x05, id, bytes);
}

/** 3.2 kW and 1.1 kW of panels, 1.5 kW into the battery, 2 kW of export; the counter of exports runs downwards. */
export const RCT = Buffer.concat([
  rctFloat(0xb5317b78, 3200),
  rctFloat(0xaa9aa253, 1100),
  rctFloat(0x400f015b, -1500),
  rctFloat(0x91617c58, -2000),
  rctFloat(0x959930bf, 0.75),
  rctFloat(0x1ac87aa0, 800),
  rctFloat(0xfc724a9e, 4e6),
  rctFloat(0x68eefd3d, 1e6),
  rctFloat(0x44d4c533, -3e6),
  rctFloat(0x62fbe7dc, 5e5),
]);

export const ECU = Buffer.concat([
  Buffer.from('APS1100500001216200012345', 'latin1'),
  Buffer.from('01', 'latin1'),
  hex('0000a8cf 000004d2 00000200 00'),
  Buffer.from('0003003END\n', 'latin1'),
]);

export const bytesDecoders: readonly BytesDecoder[] = [
  {
    name: 'dsmr',
    bytes: Buffer.from(TELEGRAM, 'latin1'),
    read: (bytes) =>
      cutTelegrams(Buffer.from(bytes).toString('latin1'))
        .telegrams.flatMap((telegram) => defined(decodeDsmr(telegram)))
        .map((telegram) => dsmrReading(telegram, GRID)),
  },
  {
    name: 'sml',
    bytes: SML_BODY,
    read: (bytes) =>
      cutSml(sealed(bytes))
        .files.flatMap((file) => defined(decodeSml(file)))
        .map((file) => smlReading(file, GRID)),
  },
  {
    name: 'speedwire',
    bytes: SPEEDWIRE,
    read: (bytes) => defined(decodeSpeedwire(bytes)).map((found) => speedwireReading(found, GRID)),
  },
  {
    name: 'hoymiles',
    bytes: HOYMILES,
    read: (bytes) => defined(decodeMessage(bytes)).map((message) => hoymilesReading([message])),
  },
  {
    name: 'hoymiles frame',
    bytes: hoymilesFrame(0xa211, 1, HOYMILES),
    read: (bytes) => defined(hoymilesReply(Buffer.from(bytes))).map((message) => hoymilesReading([message])),
  },
  {
    name: 'hoymiles encrypted',
    bytes: hoymilesFrame(0xa211, 1, HOYMILES, HOYMILES_RANDOM),
    read: (bytes) =>
      defined(hoymilesReply(Buffer.from(bytes), HOYMILES_RANDOM)).map((message) => hoymilesReading([message])),
  },
  {
    name: 'rct',
    bytes: RCT,
    read: (bytes) => [rctValues(bytes)].filter((values) => Object.keys(values).length > 0).map(rctReading),
  },
  { name: 'apsystems ecu', bytes: ECU, read: (bytes) => defined(ecuReading(Buffer.from(bytes))) },
];
