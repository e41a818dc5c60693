import type { PlantReading } from '#shared/reading.ts';
import type { HttpClient } from '../transports/http.ts';
import { battery, given, grid, sumKnown } from './normalize/directions.ts';
import { httpFamily } from './family.ts';
import { entriesIn, numberIn, pick, textIn } from './json.ts';

const BASE = '/solar_api/v1/';
const POWER_FLOW = `${BASE}GetPowerFlowRealtimeData.fcgi`;
const METER = `${BASE}GetMeterRealtimeData.cgi?Scope=System`;
const INVERTER = `${BASE}GetInverterRealtimeData.cgi?Scope=Device&DeviceId=1&DataCollection=CommonInverterData`;
/** Totals and states change slowly, and a Datamanager does not bear many requests. */
const SLOW_MS = 30_000;
/** Meter_Location_Current: 0 = at the grid connection (Solar API manual). */
const AT_GRID = 0;

/** Fronius Solar API v1: powers from one PowerFlow reply, where they balance; totals from the meter. */
export const openFroniusSolarApi = httpFamily('password', (client, { ports, ok }) => {
  let slow: { reading: PlantReading; atMs: number } | undefined;
  return async (signal) => {
    const flow = await client.json(POWER_FLOW, signal);
    if (flow.outcome === 'failed') return flow;
    const now = ports.clock.now();
    if (!slow || now - slow.atMs >= SLOW_MS) slow = { reading: await slowPart(client, signal), atMs: now };
    return ok({ ...powerFlowReading(flow.value), ...slow.reading }, flow.value);
  };
});

export function powerFlowReading(reply: unknown): PlantReading {
  const site = pick(reply, 'Body.Data.Site');
  const inverters = entriesIn(reply, 'Body.Data.Inverters').map(([, inverter]) => inverter);
  const load = numberIn(site, 'P_Load');
  const gridW = numberIn(site, 'P_Grid');
  const akku = numberIn(site, 'P_Akku');
  // Null while the panels sleep; without any grid reading nothing is known.
  const production =
    numberIn(site, 'P_PV') ??
    (site !== undefined && pick(site, 'P_PV') === null && inverters.length > 0 ? 0 : undefined);
  const hasBattery = akku !== undefined;
  const soc = hasBattery
    ? inverters.map((inverter) => numberIn(inverter, 'SOC')).find((value) => value !== undefined)
    : undefined;
  return given({
    production: production === undefined ? undefined : Math.max(0, production),
    productionTotal: numberIn(site, 'E_Total') ?? sumKnown(inverters.map((inverter) => numberIn(inverter, 'E_Total'))),
    ...grid(gridW),
    ...battery(akku === undefined ? undefined : -akku),
    soc,
    demand: load === undefined ? undefined : Math.max(0, -load),
  });
}

async function slowPart(client: HttpClient, signal: AbortSignal): Promise<PlantReading> {
  const meter = await client.json(METER, signal);
  const inverter = await client.json(INVERTER, signal);
  return {
    ...(inverter.outcome === 'ok' ? inverterReading(inverter.value) : {}),
    ...(meter.outcome === 'ok' ? gridMeterReading(meter.value) : {}),
  };
}

export function gridMeterReading(reply: unknown): PlantReading {
  const meters = entriesIn(reply, 'Body.Data').map(([, meter]) => meter);
  const meter = meters.find((entry) => numberIn(entry, 'Meter_Location_Current') === AT_GRID);
  if (meter === undefined) return {};
  return given({
    importTotal: numberIn(meter, 'EnergyReal_WAC_Sum_Consumed') ?? numberIn(meter, 'EnergyReal_WAC_Plus_Absolute'),
    exportTotal: numberIn(meter, 'EnergyReal_WAC_Sum_Produced') ?? numberIn(meter, 'EnergyReal_WAC_Minus_Absolute'),
    gridVoltage: numberIn(meter, 'Voltage_AC_Phase_1'),
    gridFrequency: numberIn(meter, 'Frequency_Phase_Average'),
    model: textIn(meter, 'Details.Model'),
  });
}

/** DeviceStatus.StatusCode: 0-6 starting, 7 running, 8 standby, 9 boot, 10 error, 11 idle, 12 ready, 13 sleeping. */
function inverterReading(reply: unknown): PlantReading {
  const data = pick(reply, 'Body.Data');
  const code = numberIn(data, 'DeviceStatus.StatusCode');
  const status = code === undefined ? undefined : code === 7 ? 'ok' : code === 10 ? 'fault' : 'standby';
  return given({
    gridVoltage: numberIn(data, 'UAC.Value'),
    gridFrequency: numberIn(data, 'FAC.Value'),
    status,
  } as const);
}
