import type { PlantReading } from '#shared/reading.ts';
import type { HttpClient, HttpResult } from '../transports/http.ts';
import { failed } from '../transports/fault.ts';
import { httpFamily, type Read } from './family.ts';
import { entriesIn, listIn, numberIn, pick, textIn, times } from './json.ts';
import { given, sumKnown } from './normalize/directions.ts';

const VALUES = '/dyn/getAllOnlValues.json';

/** The web interface of SMA inverters. It has few sessions, so one is kept and given back at the end. */
export const openSmaWebconnect = httpFamily('open', (client, { device, ok, password }) => {
  const right = device.setup['installer'] === true ? 'istl' : 'usr';
  let session: string | undefined;
  const values = (sid: string, signal: AbortSignal) =>
    client.json(`${VALUES}?sid=${encodeURIComponent(sid)}`, signal, { method: 'POST', body: { destDev: [] } });
  const read: Read = async (signal) => {
    if (session === undefined) {
      const login = await logIn(client, right, password, signal);
      if (login.outcome === 'failed') return login;
      session = login.value;
    }
    const reply = await values(session, signal);
    if (reply.outcome === 'failed') return reply;
    if (numberIn(reply.value, 'err') !== undefined) {
      session = undefined;
      return failed('busy', `${client.address} has ended our session; the next poll logs in again`);
    }
    return ok(webconnectReading(reply.value), reply.value);
  };
  const leave = async () => {
    if (session === undefined) return;
    await client.json(`/dyn/logout.json?sid=${encodeURIComponent(session)}`, AbortSignal.timeout(2000), {
      method: 'POST',
      body: {},
    });
  };
  return { read, leave };
});

async function logIn(
  client: HttpClient,
  right: string,
  pass: string | undefined,
  signal: AbortSignal,
): Promise<HttpResult<string>> {
  if (pass === undefined)
    return failed(
      'unauthorized',
      `${client.address} needs the password of its user or installer; add it to the device`,
    );
  const reply = await client.json('/dyn/login.json', signal, { method: 'POST', body: { right, pass } });
  if (reply.outcome === 'failed') return reply;
  const sid = textIn(reply.value, 'result.sid');
  if (sid !== undefined) return { ...reply, value: sid };
  const full = numberIn(reply.value, 'err') === 503;
  if (full)
    return failed('busy', `${client.address} has no free session; log out in other programs or wait ten minutes`);
  return failed('unauthorized', `${client.address} refuses the password; check it and the user group`);
}

/** Keys are SMA's object numbers; each holds one list per channel. */
export function webconnectReading(reply: unknown): PlantReading {
  const [, device] = entriesIn(reply, 'result')[0] ?? [];
  const all = (key: string) =>
    entriesIn(device, key)
      .flatMap(([, list]) => listIn(list))
      .map((entry) => numberIn(entry, 'val'));
  const value = (key: string) => all(key)[0];
  const tag = (key: string) => {
    const entry = entriesIn(device, key).flatMap(([, list]) => listIn(list))[0];
    return numberIn(pick(entry, 'val'), '0.tag');
  };
  const soc = value('6100_00295A00');
  const hybrid = soc !== undefined;
  const pv = value('6100_0046C200') ?? sumKnown(all('6380_40251E00'));
  const production = pv ?? (hybrid ? undefined : value('6100_40263F00'));
  const operating = tag('6180_08412B00');
  const condition = tag('6180_08214800');
  const status =
    condition === 307 || condition === 455
      ? 'ok'
      : condition === 35
        ? 'fault'
        : condition === 303
          ? 'offline'
          : undefined;
  return given({
    production: production === undefined ? undefined : Math.max(0, production),
    productionTotal: hybrid ? undefined : value('6400_00260100'),
    export: value('6100_40463600'),
    import: value('6100_40463700'),
    exportTotal: value('6400_00462400'),
    importTotal: value('6400_00462500'),
    charge: value('6100_00496900'),
    discharge: value('6100_00496A00'),
    soc,
    gridVoltage: times(value('6100_00464800'), 0.01),
    gridFrequency: times(value('6100_00465700'), 0.01),
    status,
    // 2119: derating; 443: constant voltage (SMA tag list).
    curtailed: operating === 2119 || operating === 443 ? true : undefined,
    curtailmentCause: operating === 2119 || operating === 443 ? 'unknown' : undefined,
    batteryFull: soc === undefined ? undefined : soc > 99.5,
  } as const);
}
