import type { LoadConnection } from '#shared/device.ts';
import type { MarketSettings } from '#shared/market.ts';
import type { Site } from '#shared/site.ts';
import { BLANK, type Private } from './scrub.ts';

type Device = Site['devices'][number] | Site['loads'][number];

/** What of a site is shown: a list of what may be, so that a field of tomorrow is not shown by accident. */
export function shownSite({ version, timeZone, currency, simulated, mode, poolFee, control, tariff, ...site }: Site) {
  const { location, ...settings } = control;
  return {
    version,
    timeZone,
    currency,
    simulated,
    mode,
    poolFee,
    tariff,
    control: { ...settings, hasLocation: location !== undefined },
    devices: site.devices.map((device) => ({ ...shownDevice(device), roles: device.roles, swapped: device.swapped })),
    loads: site.loads.map((load) => ({
      ...shownDevice(load),
      model: load.model && { ...load.model, id: load.id, name: load.name },
      plug: load.plug && { family: load.plug.family, connection: shownConnection(load.plug.connection) },
    })),
    homeAssistant: site.homeAssistant && shownConnection({ transport: 'mqtt', topic: '', ...site.homeAssistant }),
  };
}

const shownDevice = ({ id, name, family, pollS, setup, connection }: Device) => ({
  id,
  name,
  family,
  pollS,
  // A text in it may be a path, a serial number, a channel that has the owner's name.
  setup: Object.fromEntries(Object.entries(setup).map(([key, told]) => [key, typeof told === 'string' ? BLANK : told])),
  connection: shownConnection(connection),
});

const SHOWN = ['transport', 'port', 'unit', 'baudRate', 'parity', 'stopBits', 'tls', 'beyondHome', 'gpu'] as const;

function shownConnection(connection: LoadConnection) {
  const told: Record<string, unknown> = connection;
  const url = 'url' in connection && URL.canParse(connection.url) ? new URL(connection.url) : undefined;
  return {
    ...Object.fromEntries(SHOWN.flatMap((key) => (told[key] === undefined ? [] : [[key, told[key]]]))),
    ...(url ? { scheme: url.protocol, urlPort: url.port } : {}),
    hasUser: told['user'] !== undefined,
    hasSecret: told['secret'] !== undefined,
    hasFingerprint: told['fingerprint'] !== undefined,
  };
}

/** Every word of the site that may turn up in a message, a log or a decision. */
export function privateWords(site: Site): Private[] {
  const named = (list: readonly Device[], kind: string) =>
    list.flatMap(({ id, name }, i) => [
      { word: name, instead: `${kind}-${i + 1}` },
      { word: id, instead: `${kind}-${i + 1}` },
    ]);
  return [
    { word: site.name, instead: 'site' },
    { word: site.id, instead: 'site' },
    ...named(site.devices, 'device'),
    ...named(site.loads, 'load'),
    ...blanks([site.devices.map(within), site.loads.map(within), site.homeAssistant, site.fleet]),
    ...Object.values(site.control.location ?? {}).map((degrees) => ({ word: String(degrees), instead: BLANK })),
  ];
}

/** Of an account at a pool or a server: whose it is. */
export const marketWords = ({ source, pools, dayAhead }: MarketSettings): Private[] =>
  blanks([
    'user' in source ? source.user : '',
    'baseUrl' in source ? source.baseUrl : '',
    pools.map(({ user, baseUrl }) => [user, baseUrl]),
    dayAhead?.source?.url,
  ]);

/** Short words such as a transport's are no secret and stand in many places. */
const LONG = 7;
/** What everybody has there. */
const OURS = new Set(['spillway', 'homeassistant']);

/** Each text, and its longer pieces: a log may name the last part of a path alone. */
const blanks = (value: unknown): Private[] =>
  texts(value).flatMap((text) =>
    OURS.has(text)
      ? []
      : [text, ...text.split(/[/\\=:?&\s]+/).filter((piece) => piece.length >= LONG)].map((word) => ({
          word,
          instead: BLANK,
          anywhere: word.length >= LONG,
        })),
  );

const within = ({ connection, setup, ...rest }: Device) => [
  { ...connection, transport: undefined, parity: undefined, url: hostAndUrl(connection) },
  setup,
  'plug' in rest ? { ...rest.plug?.connection, transport: undefined, parity: undefined } : undefined,
];

const hostAndUrl = (connection: LoadConnection) =>
  'url' in connection
    ? [connection.url, URL.canParse(connection.url) ? new URL(connection.url).hostname : '']
    : undefined;

function texts(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** Names of secrets, wherever something has one. */
export function secretNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'secret' && typeof inner === 'string' ? [inner] : secretNames(inner),
  );
}
