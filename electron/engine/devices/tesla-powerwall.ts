import type { PlantReading } from '#shared/reading.ts';
import type { HttpClient, HttpResult } from '../transports/http.ts';
import { httpFamily } from './family.ts';
import { numberIn, textIn } from './json.ts';
import { battery, given, grid } from './normalize/directions.ts';

const AGGREGATES = '/api/meters/aggregates';
const SOE = '/api/system_status/soe';
const GRID = '/api/system_status/grid_status';

/** Tesla Powerwall 2 and + gateways. Logins are rate-limited (429), so one is tried only when the gateway asks. */
export const openTeslaPowerwall = httpFamily('open', (client, { device, ok, password }) => {
  let cookie: string | undefined;
  const get = async (path: string, signal: AbortSignal): Promise<HttpResult<unknown>> => {
    const ask = () => client.json(path, signal, cookie === undefined ? {} : { headers: { cookie } });
    const first = await ask();
    if (first.outcome === 'ok' || first.fault.kind !== 'unauthorized' || password === undefined) return first;
    const login = await logIn(client, String(device.setup['email'] ?? ''), password, signal);
    if (login.outcome === 'failed') return login;
    cookie = login.value;
    return ask();
  };
  return async (signal) => {
    const meters = await get(AGGREGATES, signal);
    if (meters.outcome === 'failed') return meters;
    const soe = await get(SOE, signal);
    const status = await get(GRID, signal);
    const soc = soe.outcome === 'ok' ? numberIn(soe.value, 'percentage') : undefined;
    const state = status.outcome === 'ok' ? textIn(status.value, 'grid_status') : undefined;
    return ok(powerwallReading(meters.value, soc, state), meters.value);
  };
});

async function logIn(
  client: HttpClient,
  email: string,
  password: string,
  signal: AbortSignal,
): Promise<HttpResult<string>> {
  const body = { username: 'customer', email, password, force_sm_off: false };
  const reply = await client.json('/api/login/Basic', signal, { method: 'POST', body });
  if (reply.outcome === 'failed') return reply;
  const cookies = (reply.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0] ?? '');
  const token = textIn(reply.value, 'token');
  return { ...reply, value: cookies.length > 0 ? cookies.join('; ') : `AuthCookie=${token ?? ''}` };
}

/** Site + = import, battery + = discharge. Zeros of energies and frequencies are gaps of the gateway, not readings. */
export function powerwallReading(
  meters: unknown,
  soc: number | undefined,
  gridStatus: string | undefined,
): PlantReading {
  const stored = numberIn(meters, 'battery.instant_power');
  const solar = numberIn(meters, 'solar.instant_power');
  const load = numberIn(meters, 'load.instant_power');
  const present = (path: string) => numberIn(meters, path) || undefined;
  const reading: PlantReading = {
    ...grid(numberIn(meters, 'site.instant_power')),
    ...battery(stored === undefined ? undefined : -stored),
    ...given({
      production: solar === undefined ? undefined : Math.max(0, solar),
      demand: load === undefined ? undefined : Math.max(0, load),
      productionTotal: present('solar.energy_exported'),
      importTotal: present('site.energy_imported'),
      exportTotal: present('site.energy_exported'),
      gridFrequency: present('site.frequency'),
      soc,
      batteryFull: soc === undefined ? undefined : soc > 99,
    }),
  };
  const hz = numberIn(meters, 'battery.frequency') ?? 0;
  // Full and islanded it raises the frequency to stop the panels; the nominal one is 50 or 60 Hz.
  const raised = hz > 60.4 || (hz > 50.4 && hz < 55);
  if (gridStatus === 'SystemIslandedActive' && raised)
    return { ...reading, curtailed: true, curtailmentCause: 'frequency' };
  return reading;
}
