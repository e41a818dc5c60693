import type { PlantReading } from '#shared/reading.ts';
import type { Role } from '#shared/device.ts';
import type { HttpClient, HttpResult } from '../transports/http.ts';
import { given, meterReading } from './normalize/directions.ts';
import { httpFamily } from './family.ts';
import { numberIn, pick, textIn, times } from './json.ts';

/** Shelly Gen1: emeters count Wh, the simpler meters watt-minutes (Shelly Gen1 API). */
export const openShellyGen1 = httpFamily('password', (client, { device, ok }) => {
  const channel = Number(device.setup['channel'] ?? 0);
  return async (signal) => {
    const reply = await client.json('/status', signal);
    return reply.outcome === 'failed' ? reply : ok(shellyGen1Reading(reply.value, channel, device.roles), reply.value);
  };
});

export function shellyGen1Reading(reply: unknown, channel: number, roles: readonly Role[]): PlantReading {
  const emeter = pick(reply, `emeters.${channel}`);
  const serial = textIn(reply, 'mac');
  if (emeter !== undefined && pick(emeter, 'is_valid') !== false)
    return {
      ...meterReading(
        {
          power: numberIn(emeter, 'power'),
          importTotal: numberIn(emeter, 'total'),
          exportTotal: numberIn(emeter, 'total_returned'),
          gridVoltage: numberIn(emeter, 'voltage'),
        },
        roles,
      ),
      ...given({ serial }),
    };
  const meter = pick(reply, `meters.${channel}`);
  if (meter === undefined || pick(meter, 'is_valid') === false) return {};
  return {
    ...meterReading({ power: numberIn(meter, 'power'), importTotal: times(numberIn(meter, 'total'), 1 / 60) }, roles),
    ...given({ serial }),
  };
}

/** What measures in a Gen2 device, and where its energies are. */
const KINDS = ['EM', 'EM1', 'PM1', 'Switch', 'Cover'] as const;
type Kind = (typeof KINDS)[number];
const isKind = (text: unknown): text is Kind => KINDS.some((kind) => kind === text);

/** Shelly Gen2 and later: RPC over HTTP, Digest SHA-256 as `admin`. */
export const openShellyGen2 = httpFamily({ user: 'admin' }, (client, { device, ok }) => {
  const channel = Number(device.setup['channel'] ?? 0);
  const told = device.setup['component'];
  let kind: Kind | undefined = isKind(told) ? told : undefined;
  return async (signal) => {
    const found = kind ? await ask(client, kind, channel, signal) : await probe(client, channel, signal);
    if (found.outcome === 'failed') return found;
    kind = found.value.kind;
    const totals =
      kind === 'EM' || kind === 'EM1'
        ? await client.json(`/rpc/${kind}Data.GetStatus?id=${channel}`, signal)
        : undefined;
    return ok(
      shellyGen2Reading(found.value.status, totals?.outcome === 'ok' ? totals.value : undefined, device.roles),
      found.value.status,
    );
  };
});

type Status = { kind: Kind; status: unknown };

async function ask(client: HttpClient, kind: Kind, channel: number, signal: AbortSignal): Promise<HttpResult<Status>> {
  const reply = await client.json(`/rpc/${kind}.GetStatus?id=${channel}`, signal);
  return reply.outcome === 'failed' ? reply : { ...reply, value: { kind, status: reply.value } };
}

async function probe(client: HttpClient, channel: number, signal: AbortSignal): Promise<HttpResult<Status>> {
  let last: HttpResult<Status> | undefined;
  for (const kind of KINDS) {
    last = await ask(client, kind, channel, signal);
    // Unknown methods are answered 404 or, by older firmware, 500.
    if (last.outcome === 'ok' || (last.fault.kind !== 'unsupported' && last.fault.kind !== 'exception')) return last;
  }
  return last ?? ask(client, 'EM', channel, signal);
}

export function shellyGen2Reading(status: unknown, totals: unknown, roles: readonly Role[]): PlantReading {
  const phases = ['a', 'b', 'c'].map((phase) => numberIn(status, `${phase}_act_power`));
  return meterReading(
    {
      power: numberIn(status, 'total_act_power') ?? numberIn(status, 'act_power') ?? numberIn(status, 'apower'),
      phases,
      importTotal:
        numberIn(totals, 'total_act') ?? numberIn(totals, 'total_act_energy') ?? numberIn(status, 'aenergy.total'),
      exportTotal:
        numberIn(totals, 'total_act_ret') ??
        numberIn(totals, 'total_act_ret_energy') ??
        numberIn(status, 'ret_aenergy.total'),
      gridVoltage: numberIn(status, 'a_voltage') ?? numberIn(status, 'voltage'),
      gridFrequency: numberIn(status, 'a_freq') ?? numberIn(status, 'freq'),
    },
    roles,
  );
}
