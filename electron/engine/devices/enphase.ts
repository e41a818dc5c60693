import type { PlantReading } from '#shared/reading.ts';
import type { HttpClient } from '../transports/http.ts';
import { httpFamily } from './family.ts';
import { listIn, numberIn, pick, textIn } from './json.ts';
import { battery, given, grid } from './normalize/directions.ts';

/** The gateway overloads easily: meters no oftener than this, lists far more rarely (pyenphase). */
const LIST_MS = 600_000;
const SLOW_MS = 60_000;

interface Known {
  meters: Map<string, string>;
  identity: PlantReading;
  atMs: number;
}

/** Enphase Envoy / IQ Gateway: token from firmware 7, digest before; with current transformers or without. */
export const openEnphase = httpFamily({ tokenOrUser: 'envoy' }, (client, { ports, ok }) => {
  let known: Known | undefined;
  let slow: { reading: PlantReading; atMs: number } | undefined;
  return async (signal) => {
    const now = ports.clock.now();
    if (!known || now - known.atMs > LIST_MS) {
      const info = await client.text('/info', signal);
      if (info.outcome === 'failed') return info;
      const list = await client.json('/ivp/meters', signal);
      if (list.outcome === 'failed' && list.fault.kind === 'unauthorized') return list;
      known = {
        meters: metersIn(list.outcome === 'ok' ? list.value : undefined),
        identity: identityIn(info.value),
        atMs: now,
      };
    }
    const main = known.meters.size > 0 ? await client.json('/ivp/meters/readings', signal) : undefined;
    if (main?.outcome === 'failed') return main;
    const measured = main ? enphaseMeters(main.value, known.meters) : {};
    if (!slow || now - slow.atMs > SLOW_MS) slow = { reading: await slowPart(client, signal), atMs: now };
    const reading = { ...slow.reading, ...known.identity, ...measured };
    if (reading.production !== undefined) return ok(reading, main?.value);
    const produced = await productionWithoutMeters(client, signal);
    return 'outcome' in produced ? produced : ok({ ...reading, ...produced }, main?.value);
  };
});

function identityIn(xml: string): PlantReading {
  const tag = (name: string) => new RegExp(`<${name}>([^<]{1,40})</${name}>`).exec(xml)?.[1];
  return given({ firmware: tag('software'), serial: tag('sn') });
}

/** eid → what it measures; meters that are off are left out. */
export function metersIn(reply: unknown): Map<string, string> {
  const enabled = listIn(reply).filter((meter) => textIn(meter, 'state') === 'enabled');
  return new Map(enabled.map((meter) => [String(pick(meter, 'eid')), textIn(meter, 'measurementType') ?? '']));
}

/** Net-consumption + = import; storage + = discharge. A three-phase voltage is a sum, so the first channel counts. */
export function enphaseMeters(readings: unknown, meters: ReadonlyMap<string, string>): PlantReading {
  const of = (type: string) => listIn(readings).find((reading) => meters.get(String(pick(reading, 'eid'))) === type);
  const [production, net, storage] = [of('production'), of('net-consumption'), of('storage')];
  const produced = numberIn(production, 'activePower');
  const stored = numberIn(storage, 'activePower');
  const electrical = net ?? production;
  const phases = listIn(net, 'channels').map((channel) => numberIn(channel, 'activePower'));
  const [a, b, c] = phases.length === 3 ? phases : [];
  const byPhase =
    a === undefined || b === undefined || c === undefined
      ? {}
      : {
          importByPhase: [Math.max(0, a), Math.max(0, b), Math.max(0, c)] as [number, number, number],
          exportByPhase: [Math.max(0, -a), Math.max(0, -b), Math.max(0, -c)] as [number, number, number],
        };
  return {
    ...given({
      production: produced === undefined ? undefined : Math.max(0, produced),
      productionTotal: numberIn(production, 'actEnergyDlvd'),
      importTotal: numberIn(net, 'actEnergyDlvd'),
      exportTotal: numberIn(net, 'actEnergyRcvd'),
      gridVoltage: numberIn(electrical, 'channels.0.voltage') ?? numberIn(electrical, 'voltage'),
      gridFrequency: numberIn(electrical, 'freq'),
    }),
    ...grid(numberIn(net, 'activePower')),
    ...byPhase,
    ...battery(stored === undefined ? undefined : -stored),
  };
}

/** State of charge and export limit; a gateway without battery answers 404 or a capacity of 0. */
async function slowPart(client: HttpClient, signal: AbortSignal): Promise<PlantReading> {
  const control = await client.json('/ivp/ensemble/secctrl', signal);
  const limits = await client.json('/ivp/ss/pel_settings', signal);
  const soc =
    control.outcome === 'ok' && (numberIn(control.value, 'Max_energy') ?? 0) > 0
      ? numberIn(control.value, 'agg_soc')
      : undefined;
  const limited = limits.outcome === 'ok' && pick(limits.value, 'PEL') === true;
  return given({
    soc,
    batteryFull: soc === undefined ? undefined : soc >= 99.5,
    exportLimit: limited ? numberIn(limits.value, 'PEL_Limit') : undefined,
  });
}

/** Without transformers: the sum of the micro-inverters, 5 to 15 minutes old. Old gateways answer pages instead of JSON. */
async function productionWithoutMeters(client: HttpClient, signal: AbortSignal) {
  const modern = await client.json('/production.json?details=1', signal);
  const inverters = modern.outcome === 'ok' ? pick(modern.value, 'production[type=inverters]') : undefined;
  if (inverters !== undefined)
    return given({ production: numberIn(inverters, 'wNow'), productionTotal: numberIn(inverters, 'whLifetime') });
  const legacy = await client.json('/api/v1/production', signal);
  if (legacy.outcome === 'failed')
    return modern.outcome === 'failed' && modern.fault.kind === 'unauthorized' ? modern : legacy;
  return given({
    production: numberIn(legacy.value, 'wattsNow'),
    productionTotal: numberIn(legacy.value, 'wattHoursLifetime'),
  });
}
