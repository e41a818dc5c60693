import type { Found, LoadFamily, PlantFamily } from '#shared/contract/devices.ts';
import { LoadDevice, PlantDevice, Role, type Connection } from '#shared/device.ts';
import { hostOf, isAtHome } from '#shared/home-network.ts';

/** A family of either kind, as the form needs it. */
export type Chosen = { kind: 'plant'; family: PlantFamily } | { kind: 'load'; family: LoadFamily };

/** What stands in the fields; numbers as they are typed. */
export interface Draft {
  name: string;
  roles: Role[];
  transport: Connection['transport'];
  host: string;
  port: string;
  unit: string;
  path: string;
  baudRate: string;
  parity: 'none' | 'even' | 'odd';
  tls: boolean;
  /** An address outside of the home network is meant. */
  beyondHome: boolean;
  url: string;
  topic: string;
  group: string;
  user: string;
  /** Empty: none, or the kept one stays. */
  password: string;
  pollS: string;
  setup: Record<string, string>;
  /** Draw at full load where the device does not tell it, W. */
  watts: string;
}
export type Field = keyof Draft | `setup.${string}`;
/** What is wrong with a field: a key of the texts, or the words of the schema. */
export type Problems = Partial<Record<Field, string>>;
export type Device = { kind: 'plant'; device: PlantDevice } | { kind: 'load'; device: LoadDevice };

const ALL_ROLES = Role.options;

/** A meter tells what it is mounted at; anything else only what it gives. */
export const rolesFor = ({ roles }: PlantFamily): Role[] =>
  roles.every((role) => role === 'grid') ? ALL_ROLES : roles;

export const transportsOf = (chosen: Chosen): string[] =>
  chosen.kind === 'plant' ? chosen.family.transports : [chosen.family.transport];

export const nameOf = (chosen: Chosen): string => (chosen.kind === 'plant' ? chosen.family.vendor : chosen.family.name);

/** Settings that the family asks for, with their meaning. */
export function setupOf(chosen: Chosen, transport: Draft['transport']): Record<string, string> {
  if (chosen.kind === 'load') return {};
  const { setup, transports, id } = chosen.family;
  const behindLogger = transport === 'tcp' && transports.includes('modbus-tcp') && id !== 'givenergy';
  return behindLogger ? { ...setup, loggerSerial: 'serial number of the logging stick' } : setup;
}

export function emptyDraft(chosen: Chosen): Draft {
  const { family } = chosen;
  const unit = 'unit' in family ? (family.unit ?? 1) : 1;
  const transport = (transportsOf(chosen)[0] ?? 'http') as Draft['transport'];
  const serial = transport === 'serial' ? '115200' : '9600';
  return {
    name: nameOf(chosen),
    roles: chosen.kind === 'plant' ? chosen.family.roles.slice() : [],
    transport,
    host: '',
    port: String(family.port ?? (transport === 'http' ? 80 : transport === 'modbus-tcp' ? 502 : '')),
    unit: String(unit),
    path: '',
    baudRate: serial,
    parity: 'none',
    tls: family.port === 443,
    beyondHome: false,
    url: 'mqtt://',
    topic: '',
    group: '239.12.255.254',
    user: '',
    password: '',
    pollS: String(chosen.kind === 'plant' ? chosen.family.pollS : 2),
    setup: {},
    watts: '',
  };
}

function fromConnection(draft: Draft, connection: object): Draft {
  const { secret: _name, fingerprint: _pinned, ...told } = connection as Record<string, unknown>;
  const text = Object.entries(told).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]);
  return { ...draft, ...(Object.fromEntries(text) as Partial<Draft>) };
}

export function draftOfFound(found: Found, chosen: Chosen): Draft {
  const draft = fromConnection({ ...emptyDraft(chosen), name: found.name.slice(0, 80) }, found.connection);
  if (found.kind === 'load') return draft;
  const setup = Object.fromEntries(Object.entries(found.setup ?? {}).map(([key, value]) => [key, String(value)]));
  return { ...draft, roles: found.roles, setup };
}

export function draftOfDevice({ kind, device }: Device, chosen: Chosen): Draft {
  const draft = fromConnection({ ...emptyDraft(chosen), name: device.name }, device.connection);
  const setup = Object.fromEntries(Object.entries(device.setup).map(([key, value]) => [key, String(value)]));
  const shared = { ...draft, setup, pollS: String(device.pollS) };
  if (kind === 'plant') return { ...shared, roles: device.roles };
  const { levels } = device.model ?? {};
  return { ...shared, watts: levels?.kind === 'steps' ? String(levels.watts.at(-1) ?? '') : '' };
}

/** Lower-case letters, digits and hyphens; another number behind it until nobody has it. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  const stem = plain === '' ? 'device' : plain;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** As the devices want it: a channel is a number, an entity's name is not. */
function setupValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|-?[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}

const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

/** Where the draft leads outside of the home network; absent: nowhere. */
export function hostBeyondHome({ transport, host, url }: Draft): string | undefined {
  const asked = hostOf(transport === 'mqtt' ? { transport, url } : { transport, host: host.trim() });
  const leads = transport !== 'multicast' && transport !== 'serial' && transport !== 'modbus-rtu';
  return leads && asked && !isAtHome(asked) ? asked : undefined;
}

function connectionOf(draft: Draft, secret: string | undefined, before: object | undefined): object {
  const { transport, host, path, url, topic, group, tls, parity } = draft;
  const port = number(draft.port);
  const unit = number(draft.unit);
  const baudRate = number(draft.baudRate);
  const user = draft.user.trim();
  const login = { ...(user === '' ? {} : { user }), ...(secret === undefined ? {} : { secret }) };
  const pinned = before && 'fingerprint' in before ? { fingerprint: before.fingerprint } : {};
  const far = draft.beyondHome && hostBeyondHome(draft) ? { beyondHome: true } : {};
  switch (transport) {
    case 'modbus-tcp':
    case 'modbus-rtu-tcp':
      return { transport, host: host.trim(), port, unit, ...far };
    case 'modbus-rtu':
      return { transport, path: path.trim(), baudRate, parity, unit };
    case 'http':
      return { transport, host: host.trim(), port, tls, ...login, ...pinned, ...far };
    case 'tcp':
      return { transport, host: host.trim(), port, ...login, ...far };
    case 'udp':
      return { transport, host: host.trim(), port, ...far };
    case 'multicast':
      return { transport, group: group.trim(), port };
    case 'serial':
      return { transport, path: path.trim(), baudRate };
    case 'mqtt':
      return { transport, url: url.trim(), topic: topic.trim(), ...login, ...far };
  }
}

export type Made = { outcome: 'ok'; made: Device } | { outcome: 'refused'; problems: Problems };

/**
 * The device that the fields describe.
 * @param before what is edited; whatever the form does not show of it is kept
 */
export function deviceOf(draft: Draft, chosen: Chosen, id: string, before: Device | undefined): Made {
  const { device: kept } = before ?? {};
  const known = kept && 'secret' in kept.connection ? kept.connection.secret : undefined;
  const secret = draft.password === '' ? known : (known ?? id);
  const setup = Object.fromEntries(
    Object.entries(draft.setup).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, setupValue(text.trim())]])),
  );
  const shared = {
    ...kept,
    id,
    name: draft.name.trim(),
    family: chosen.kind === 'plant' ? chosen.family.id : chosen.family.family,
    connection: connectionOf(draft, secret, kept?.connection),
    setup,
    pollS: number(draft.pollS),
  };
  const parsed =
    chosen.kind === 'plant'
      ? PlantDevice.safeParse({ ...shared, roles: draft.roles })
      : LoadDevice.safeParse({ ...shared, ...modelOf(draft, before) });
  if (!parsed.success) return { outcome: 'refused', problems: problemsOf(parsed.error.issues) };
  if (hostBeyondHome(draft) && !draft.beyondHome)
    return {
      outcome: 'refused',
      problems: { [draft.transport === 'mqtt' ? 'url' : 'host']: 'add.problem.beyondHome' },
    };
  return { outcome: 'ok', made: { kind: chosen.kind, device: parsed.data } as Device };
}

function modelOf({ watts }: Draft, before: Device | undefined): object {
  const known = before?.kind === 'load' ? before.device.model : undefined;
  const asked = number(watts);
  if (!(asked > 0)) {
    const { levels: _gone, ...rest } = known ?? {};
    return known?.levels?.kind === 'steps' ? { model: rest } : {};
  }
  const levels = known?.levels?.kind === 'steps' ? [...known.levels.watts.slice(0, -1), asked] : [asked];
  return { model: { ...known, levels: { kind: 'steps', watts: levels } } };
}

const WORDS: Partial<Record<Field, string>> = {
  name: 'add.problem.name',
  roles: 'add.problem.roles',
  host: 'add.problem.host',
  path: 'add.problem.path',
  port: 'add.problem.port',
  unit: 'add.problem.unit',
  url: 'add.problem.url',
  topic: 'add.problem.topic',
  pollS: 'add.problem.pollS',
};

function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): Problems {
  const found: Problems = {};
  for (const { path, message } of issues) {
    const [first, second] = path.map(String);
    const field = (first === 'connection' ? second : first === 'setup' ? `setup.${second}` : first) as Field;
    found[field] ??= WORDS[field] ?? message;
  }
  return found;
}
