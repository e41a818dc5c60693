import type { Connection, Role } from '#shared/device.ts';
import type { HttpClient } from '../transports/http.ts';
import type { RegisterRequest, RegisterSource } from '../transports/registers.ts';
import { textAt } from './decode/registers.ts';
import { numberIn, pick, textIn } from './json.ts';
import { findChain } from './sunspec-chain.ts';

/** A device found on the network, ready to be added. */
export interface FoundDevice {
  family: string;
  /** Vendor and model as far as it told. */
  name: string;
  roles: Role[];
  connection: Connection;
  setup?: Record<string, string | number>;
}
export type Finding = Omit<FoundDevice, 'connection'>;

const PLANT: Role[] = ['production', 'battery', 'grid', 'demand'];
const INVERTER: Role[] = ['production'];
const METER: Role[] = ['grid'];

interface HttpFingerprint {
  path: string;
  /** Reads an XML or HTML page instead of JSON. */
  text?: true;
  recognise(reply: unknown): Finding | undefined;
}

const named = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined && part !== '').join(' ');

/** Open pages by which families tell themselves apart (reference 2.2); the most common come first. */
const HTTP: readonly HttpFingerprint[] = [
  {
    path: '/shelly',
    recognise(reply) {
      const second = (numberIn(reply, 'gen') ?? 1) >= 2;
      const type = second ? textIn(reply, 'model') : textIn(reply, 'type');
      if (textIn(reply, 'mac') === undefined || type === undefined) return undefined;
      return {
        family: second ? 'shelly-gen2' : 'shelly-gen1',
        name: named('Shelly', textIn(reply, 'app') ?? type),
        roles: METER,
      };
    },
  },
  {
    path: '/solar_api/GetAPIVersion.cgi',
    recognise: (reply) =>
      numberIn(reply, 'APIVersion') === undefined
        ? undefined
        : { family: 'fronius-solar-api', name: 'Fronius', roles: PLANT },
  },
  {
    path: '/api',
    recognise(reply) {
      const type = textIn(reply, 'product_type');
      if (type === undefined || !/^(HWE-|SDM)/.test(type)) return undefined;
      const family = type === 'HWE-BAT' ? 'homewizard-battery' : type === 'HWE-P1' ? 'homewizard-p1' : 'homewizard-kwh';
      return {
        family,
        name: named('HomeWizard', textIn(reply, 'product_name')),
        roles: type === 'HWE-BAT' ? ['battery'] : METER,
      };
    },
  },
  {
    path: '/info',
    text: true,
    recognise(page) {
      const body = String(page);
      if (body.includes('<envoy_info>'))
        return { family: 'enphase-envoy', name: 'Enphase gateway', roles: ['production', 'battery', 'grid'] };
      return /"mac"\s*:/.test(body) && /"type"\s*:\s*1\d\d/.test(body)
        ? { family: 'mystrom', name: 'myStrom switch', roles: METER }
        : undefined;
    },
  },
  {
    path: '/api/livedata/status',
    recognise: (reply) =>
      Array.isArray(pick(reply, 'inverters')) && pick(reply, 'total.Power') !== undefined
        ? { family: 'opendtu', name: 'OpenDTU', roles: INVERTER }
        : undefined,
  },
  {
    path: '/api/live',
    recognise: (reply) =>
      Array.isArray(pick(reply, 'iv')) ? { family: 'ahoy', name: 'AhoyDTU', roles: INVERTER } : undefined,
  },
  {
    path: '/cm?cmnd=Status%200',
    recognise: (reply) =>
      pick(reply, 'StatusFWR') === undefined
        ? undefined
        : { family: 'tasmota-sensor', name: named('Tasmota', textIn(reply, 'Status.DeviceName')), roles: METER },
  },
  {
    path: '/api/v1/status',
    recognise: (reply) =>
      numberIn(reply, 'USOC') === undefined ? undefined : { family: 'sonnen', name: 'sonnenBatterie', roles: PLANT },
  },
  {
    path: '/api/status',
    recognise: (reply) =>
      textIn(reply, 'din') === undefined || textIn(reply, 'version') === undefined
        ? undefined
        : { family: 'tesla-powerwall', name: 'Tesla Powerwall gateway', roles: PLANT },
  },
  {
    path: '/getDeviceInfo',
    recognise: (reply) =>
      textIn(reply, 'data.deviceId') === undefined
        ? undefined
        : { family: 'apsystems-ez1', name: 'APsystems EZ1', roles: INVERTER },
  },
];

/** Asks the pages one after the other until one is recognised. */
export async function recogniseHttp(client: HttpClient, signal: AbortSignal): Promise<Finding | undefined> {
  for (const { path, text, recognise } of HTTP) {
    const reply = text
      ? await client.text(path, signal, { timeoutMs: 1500 })
      : await client.json(path, signal, { timeoutMs: 1500 });
    if (reply.outcome === 'ok') {
      const found = recognise(reply.value);
      if (found) return found;
    } else if (reply.fault.kind === 'timeout' || reply.fault.kind === 'unreachable') return undefined;
  }
  return undefined;
}

interface RegisterFingerprint extends RegisterRequest {
  family: string;
  vendor: string;
  roles: Role[];
  /** The name it gives, '' where it gives none; undefined: it is something else. */
  recognise(words: readonly number[]): string | undefined;
}
const saying = (pattern: RegExp) => (words: readonly number[]) => {
  const said = textAt(words, 0, words.length);
  return said !== undefined && pattern.test(said) ? said : undefined;
};
const code = (test: (word: number) => boolean) => (words: readonly number[]) => (test(words[0] ?? -1) ? '' : undefined);

/** Read-only and cheap, in the order of the reference 2.3; each family answers at its own unit. */
const REGISTERS: readonly RegisterFingerprint[] = [
  {
    unit: 100,
    table: 'holding',
    at: 800,
    count: 6,
    family: 'victron-gx',
    vendor: 'Victron GX',
    roles: PLANT,
    recognise: saying(/^[0-9a-f]{12}$/i),
  },
  {
    unit: 1,
    table: 'holding',
    at: 30000,
    count: 15,
    family: 'huawei-sun2000',
    vendor: 'Huawei',
    roles: PLANT,
    recognise: saying(/^SUN2000/),
  },
  {
    unit: 1,
    table: 'input',
    at: 4999,
    count: 1,
    family: 'sungrow-sh',
    vendor: 'Sungrow',
    roles: PLANT,
    recognise: code((w) => w >> 8 === 0x0d || w >> 8 === 0x0e),
  },
  {
    unit: 1,
    table: 'input',
    at: 4989,
    count: 10,
    family: 'sungrow-sg',
    vendor: 'Sungrow',
    roles: INVERTER,
    recognise: saying(/^[A-Z]\d{9,}/),
  },
  {
    unit: 71,
    table: 'holding',
    at: 768,
    count: 16,
    family: 'kostal-plenticore',
    vendor: 'Kostal',
    roles: PLANT,
    recognise: saying(/^(PLENTICORE|PIKO)/i),
  },
  {
    unit: 247,
    table: 'holding',
    at: 35003,
    count: 8,
    family: 'goodwe',
    vendor: 'GoodWe',
    roles: PLANT,
    recognise: saying(/^[0-9A-Z]{16}$/),
  },
  {
    unit: 1,
    table: 'holding',
    at: 0,
    count: 7,
    family: 'solax-hybrid',
    vendor: 'SolaX',
    roles: PLANT,
    recognise: saying(/^[HXM][0-9A-Z]{9,}/),
  },
  {
    unit: 1,
    table: 'holding',
    at: 0x0b,
    count: 1,
    family: 'carlo-gavazzi',
    vendor: 'Carlo Gavazzi',
    roles: METER,
    recognise: code((w) => w >= 1648 && w <= 1653),
  },
];
const SUNSPEC_UNITS = [1, 126];
const METER_MODELS = (id: number) => id >= 201 && id <= 214;
const STORAGE_MODELS = new Set([124, 713, 802]);

/** SunSpec first, then the vendors' own maps. A silent device is left alone after the first timeout. */
export async function recogniseRegisters(
  source: RegisterSource,
  signal: AbortSignal,
): Promise<(Finding & { unit: number }) | undefined> {
  for (const unit of SUNSPEC_UNITS) {
    const chain = await findChain(source, unit, signal);
    if (chain.outcome === 'failed') {
      if (chain.fault.kind === 'unreachable' && chain.exception === undefined) return undefined;
      continue;
    }
    const { identity, models } = chain.chain;
    const roles: Role[] = [];
    if (models.some(({ id }) => (id >= 101 && id <= 113) || id === 701)) roles.push('production');
    if (models.some(({ id }) => STORAGE_MODELS.has(id))) roles.push('battery');
    if (models.some(({ id }) => METER_MODELS(id))) roles.push('grid');
    const family = /solaredge/i.test(identity.manufacturer) ? 'solaredge' : 'sunspec';
    return {
      family,
      name: named(identity.manufacturer, identity.model),
      roles: roles.length > 0 ? roles : INVERTER,
      unit,
    };
  }
  for (const { family, vendor, roles, recognise, ...request } of REGISTERS) {
    const read = await source.read(request, signal);
    if (read.outcome === 'failed') {
      if (read.fault.kind === 'unreachable' && read.exception === undefined) return undefined;
      continue;
    }
    const said = recognise(read.words);
    if (said !== undefined) return { family, name: named(vendor, said), roles, unit: request.unit };
  }
  return undefined;
}

/** mDNS service types by which families announce themselves. */
export const SERVICES: Record<string, Finding> = {
  'Fronius-SE-Inverter': { family: 'fronius-solar-api', name: 'Fronius', roles: PLANT },
  'enphase-envoy': { family: 'enphase-envoy', name: 'Enphase gateway', roles: ['production', 'battery', 'grid'] },
  shelly: { family: 'shelly-gen2', name: 'Shelly', roles: METER },
  hwenergy: { family: 'homewizard-p1', name: 'HomeWizard', roles: METER },
  opendtu: { family: 'opendtu', name: 'OpenDTU', roles: INVERTER },
  'home-assistant': { family: 'home-assistant', name: 'Home Assistant', roles: PLANT },
};
