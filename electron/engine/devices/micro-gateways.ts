import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import { httpFamily } from './family.ts';
import { listIn, numberIn, pick, textIn, times } from './json.ts';
import { given, sumKnown } from './normalize/directions.ts';

const LIVE = '/api/livedata/status';
const DETAIL_MS = 30_000;
/** Within this part of its limit an inverter counts as held by it. */
const PINNED = 0.97;

/** OpenDTU: totals from one reply; voltage and frequency of the first reachable inverter now and then. */
export const openOpenDtu = httpFamily({ user: 'admin' }, (client, { ports, ok }) => {
  let detail: { value: unknown; atMs: number } | undefined;
  return async (signal) => {
    const live = await client.json(LIVE, signal);
    if (live.outcome === 'failed') return live;
    const first = listIn(live.value, 'inverters').find((inverter) => pick(inverter, 'reachable') === true);
    const serial = textIn(first, 'serial');
    if (serial !== undefined && (!detail || ports.clock.now() - detail.atMs > DETAIL_MS)) {
      const reply = await client.json(`${LIVE}?inv=${encodeURIComponent(serial)}`, signal);
      if (reply.outcome === 'ok') detail = { value: reply.value, atMs: ports.clock.now() };
    }
    return ok(openDtuReading(live.value, serial === undefined ? undefined : detail?.value), live.value);
  };
});

/** Out of reach an inverter keeps its last values: it adds nothing, and with none in reach nothing is known. */
export function openDtuReading(live: unknown, detail: unknown): PlantReading {
  const inverters = listIn(live, 'inverters').filter((inverter) => pick(inverter, 'reachable') === true);
  const productionTotal = times(numberIn(live, 'total.YieldTotal.v'), 1000);
  if (inverters.length === 0) return given({ productionTotal, status: 'offline' } as const);
  const production = numberIn(live, 'total.Power.v');
  const ac = pick(detail, 'inverters.0.AC.0');
  const limits = inverters.map((inverter) => {
    const [percent, watts] = [numberIn(inverter, 'limit_relative'), numberIn(inverter, 'limit_absolute')];
    return percent !== undefined && percent < 100 && watts !== undefined && watts >= 0 ? watts : undefined;
  });
  const productionLimit = limits.includes(undefined) ? undefined : sumKnown(limits);
  const held =
    productionLimit !== undefined &&
    productionLimit > 0 &&
    production !== undefined &&
    production >= PINNED * productionLimit;
  return given({
    production: production === undefined ? undefined : Math.max(0, production),
    productionTotal,
    gridVoltage: numberIn(ac, 'Voltage.v'),
    gridFrequency: numberIn(ac, 'Frequency.v'),
    productionLimit,
    curtailed: held ? true : undefined,
    curtailmentCause: held ? 'command' : undefined,
    status: inverters.some((inverter) => pick(inverter, 'producing') === true) ? 'ok' : 'standby',
  } as const);
}

const FROZEN_MS = 300_000;
/** Places in ch[0] of older Ahoy firmware, which names none. */
const USUAL_NAMES = [
  'U_AC',
  'I_AC',
  'P_AC',
  'F_AC',
  'PF_AC',
  'Temp',
  'YieldTotal',
  'YieldDay',
  'P_DC',
  'Efficiency',
  'Q_AC',
];

/** AhoyDTU: one reply per inverter. Its last values stay for ever, so an inverter not heard for five minutes is unknown. */
export const openAhoy = httpFamily('open', (client, { ports, ok }) => {
  const heard = new Map<number, { stamp: number | undefined; sinceMs: number }>();
  return async (signal) => {
    const live = await client.json('/api/live', signal);
    if (live.outcome === 'failed') return live;
    const names = listIn(live.value, 'ch0_fld_names').map(String);
    const ids = listIn(live.value, 'iv').flatMap((there, id) => (there === true ? [id] : []));
    if (ids.length === 0) return failed('unsupported', `${client.address} has no inverter set up; add one in AhoyDTU`);
    const inverters: AhoyInverter[] = [];
    for (const id of ids) {
      const reply = await client.json(`/api/inverter/id/${id}`, signal);
      if (reply.outcome === 'failed') return reply;
      const stamp = numberIn(reply.value, 'ts_last_success');
      const before = heard.get(id);
      if (!before || before.stamp !== stamp) heard.set(id, { stamp, sinceMs: ports.clock.now() });
      inverters.push({ value: reply.value, fresh: ports.clock.now() - (heard.get(id)?.sinceMs ?? 0) < FROZEN_MS });
    }
    return ok(ahoyReading(inverters, names), { live: live.value, inverters });
  };
});

interface AhoyInverter {
  value: unknown;
  fresh: boolean;
}

export function ahoyReading(inverters: readonly AhoyInverter[], names: readonly string[]): PlantReading {
  const place = (name: string) => (names.includes(name) ? names : USUAL_NAMES).indexOf(name);
  const ac = ({ value }: AhoyInverter, name: string) => numberIn(value, `ch.0.${place(name)}`);
  const fresh = inverters.filter((inverter) => inverter.fresh);
  const production =
    fresh.length === inverters.length ? sumKnown(fresh.map((inverter) => ac(inverter, 'P_AC'))) : undefined;
  const limits = fresh.map(({ value }) => {
    const [percent, rated] = [numberIn(value, 'power_limit_read'), numberIn(value, 'max_pwr')];
    // 65535: not read yet.
    return percent !== undefined && percent < 100 && rated !== undefined ? (percent / 100) * rated : undefined;
  });
  const productionLimit = limits.length === 0 || limits.includes(undefined) ? undefined : sumKnown(limits);
  const held =
    productionLimit !== undefined &&
    productionLimit > 0 &&
    production !== undefined &&
    production >= PINNED * productionLimit;
  const [first] = fresh;
  return given({
    production,
    productionTotal: times(sumKnown(inverters.map((inverter) => ac(inverter, 'YieldTotal'))), 1000),
    gridVoltage: first && ac(first, 'U_AC'),
    gridFrequency: first && ac(first, 'F_AC'),
    productionLimit,
    curtailed: held ? true : undefined,
    curtailmentCause: held ? 'command' : undefined,
    status: fresh.length === 0 ? 'offline' : undefined,
  } as const);
}
