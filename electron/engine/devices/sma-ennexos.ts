import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import type { HttpClient, HttpResult } from '../transports/http.ts';
import { httpFamily } from './family.ts';
import { listIn, numberIn, textIn } from './json.ts';
import { given, sumKnown } from './normalize/directions.ts';

/** The device itself; a Data Manager has its plant as `Plant:1`. */
const SELF = 'IGULD:SELF';

/** SMA devices with ennexOS: Sunny Tripower X, Tripower Smart Energy X, Data Manager. */
export const openSmaEnnexos = httpFamily('open', (client, { device, ok, password }) => {
  const component = String(device.setup['component'] ?? SELF);
  const user = device.connection.transport === 'http' ? device.connection.user : undefined;
  let token: string | undefined;
  const values = (bearer: string, signal: AbortSignal) =>
    client.json('/api/v1/measurements/live', signal, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
      body: [{ componentId: component }],
    });
  return async (signal) => {
    if (token === undefined) {
      const login = await logIn(client, user, password, signal);
      if (login.outcome === 'failed') return login;
      token = login.value;
    }
    const reply = await values(token, signal);
    if (reply.outcome === 'ok') return ok(ennexosReading(reply.value), reply.value);
    if (reply.status !== 401) return reply;
    token = undefined;
    return failed('busy', `${client.address} has ended our session; the next poll logs in again`);
  };
});

async function logIn(
  client: HttpClient,
  user: string | undefined,
  password: string | undefined,
  signal: AbortSignal,
): Promise<HttpResult<string>> {
  if (user === undefined || password === undefined)
    return failed('unauthorized', `${client.address} needs the user name and password of its web page; add them`);
  const reply = await client.json('/api/v1/token', signal, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', username: user, password }).toString(),
  });
  if (reply.outcome === 'failed')
    return reply.status === 400 || reply.status === 401
      ? failed('unauthorized', `${client.address} refuses the user name or password; check them on its web page`)
      : reply;
  const token = textIn(reply.value, 'access_token');
  return token === undefined
    ? failed('unauthorized', `${client.address} gives no token; check the user name and password`)
    : { ...reply, value: token };
}

const CAUSES = { 557: 'temperature', 1705: 'frequency', 3520: 'overvoltage' } as const;
const STATES = { 295: 'ok', 443: 'ok', 1467: 'standby', 1469: 'standby', 381: 'offline', 1392: 'fault' } as const;

/** Channels by name; one may be a list over strings. Powers in W, counters in Wh. */
export function ennexosReading(reply: unknown): PlantReading {
  // flatMap leaves out the holes of a broken list.
  const channels = new Map(
    listIn(reply).flatMap((entry) => [
      [textIn(entry, 'channelId')?.replace(/^Measurement\.|\[\]/g, ''), entry] as const,
    ]),
  );
  const number = (name: string) => numberIn(channels.get(name), 'values.0.value');
  const list = (name: string) => listIn(channels.get(name), 'values.0.values').map((value) => numberIn(value));
  const any = (name: string) => number(name) ?? sumKnown(list(name));
  const soc = number('Bat.ChaStt');
  const charge = number('Metering.GridMs.TotWIn.Bat');
  const pv = any('PvGen.PvW') ?? number('GridMs.TotW.Pv');
  // With a battery behind it the AC power of the inverter is not what the roof makes.
  const production = pv ?? (soc === undefined && charge === undefined ? number('GridMs.TotW') : undefined);
  const derating = number('Operation.DrtStt');
  const curtailed = derating === undefined ? undefined : derating !== 884;
  const cause = curtailed ? (CAUSES[derating as keyof typeof CAUSES] ?? 'unknown') : undefined;
  return given({
    production: production === undefined ? undefined : Math.max(0, production),
    productionTotal: soc === undefined ? number('Metering.TotWhOut') : undefined,
    import: number('Metering.GridMs.TotWIn'),
    export: number('Metering.GridMs.TotWOut'),
    importTotal: number('Metering.GridMs.TotWhIn'),
    exportTotal: number('Metering.GridMs.TotWhOut'),
    charge,
    discharge: number('Metering.GridMs.TotWOut.Bat'),
    soc,
    batteryFull: soc === undefined ? undefined : soc > 99.5,
    gridFrequency: number('GridMs.Hz'),
    status: STATES[(number('Operation.RunStt') ?? 0) as keyof typeof STATES],
    curtailed,
    curtailmentCause: cause,
  } as const);
}
