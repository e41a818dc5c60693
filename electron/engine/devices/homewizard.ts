import type { PlantReading } from '#shared/reading.ts';
import type { Role } from '#shared/device.ts';
import { httpFamily } from './family.ts';
import { numberIn, textIn, times } from './json.ts';
import { battery, given, meterReading, sumKnown } from './normalize/directions.ts';

const V1 = '/api/v1/data';
const V2 = '/api/measurement';
const VERSION_2 = { headers: { 'x-api-version': '2' } };

type ToReading = (reply: unknown, roles: readonly Role[]) => PlantReading;

/** API v1 on plain HTTP, v2 on HTTPS with the token given at the press of the device's button. */
const family = (toReading: ToReading) =>
  httpFamily('bearer', (client, { device, ok }) => {
    let about: { path: string; identity: PlantReading } | undefined;
    return async (signal) => {
      if (!about) {
        const api = await client.json('/api', signal, VERSION_2);
        if (api.outcome === 'failed') return api;
        const path = textIn(api.value, 'api_version')?.startsWith('v1') ? V1 : V2;
        const identity = {
          model: textIn(api.value, 'product_type'),
          firmware: textIn(api.value, 'firmware_version'),
          serial: textIn(api.value, 'serial'),
        };
        about = { path, identity: given(identity) };
      }
      const reply = await client.json(about.path, signal, VERSION_2);
      if (reply.outcome === 'failed') return reply;
      return ok({ ...toReading(reply.value, device.roles), ...about.identity }, reply.value);
    };
  });

const TARIFFS = [1, 2, 3, 4];

/** P1 meter, kWh meter, SDM and energy socket: one power, + = import or consumption. */
export function homewizardReading(reply: unknown, roles: readonly Role[]): PlantReading {
  const firstOf = (...paths: string[]) =>
    paths.map((path) => numberIn(reply, path)).find((value) => value !== undefined);
  const total = (way: 'import' | 'export') =>
    times(
      firstOf(`total_power_${way}_kwh`, `energy_${way}_kwh`) ??
        sumKnown(TARIFFS.map((tariff) => firstOf(`total_power_${way}_t${tariff}_kwh`, `energy_${way}_t${tariff}_kwh`))),
      1000,
    );
  return meterReading(
    {
      power: firstOf('active_power_w', 'power_w'),
      phases: [1, 2, 3].map((phase) => firstOf(`active_power_l${phase}_w`, `power_l${phase}_w`)),
      importTotal: total('import'),
      exportTotal: total('export'),
      gridVoltage: firstOf('active_voltage_l1_v', 'active_voltage_v', 'voltage_l1_v', 'voltage_v'),
      gridFrequency: firstOf('active_frequency_hz', 'frequency_hz'),
    },
    roles,
  );
}

export function homewizardBatteryReading(reply: unknown): PlantReading {
  const soc = numberIn(reply, 'state_of_charge_pct');
  return {
    ...battery(numberIn(reply, 'power_w')),
    ...given({
      soc,
      gridVoltage: numberIn(reply, 'voltage_v'),
      gridFrequency: numberIn(reply, 'frequency_hz'),
      batteryFull: soc === undefined ? undefined : soc > 99.5,
    }),
  };
}

export const openHomewizard = family(homewizardReading);
export const openHomewizardBattery = family(homewizardBatteryReading);
