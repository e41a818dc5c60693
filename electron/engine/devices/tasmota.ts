import type { Role } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { httpFamily } from './family.ts';
import { entriesIn, numberIn, pick, sumOrNumber, times } from './json.ts';
import { mqttFamily } from './mqtt-family.ts';
import { meterReading } from './normalize/directions.ts';
import type { Setup } from './register-image.ts';

/** Names in use for a meter's values; those of an SML block are the owner's own (Tasmota Smart Meter Interface). */
const NAMES = {
  power: ['Power_curr', 'Power_cur', 'Power', 'power', 'Power_total', 'curr_w', 'P', 'Leistung'],
  importTotal: ['Total_in', 'total_in', 'E_in', 'Import', 'total_kwh', 'Bezug', 'Total'],
  exportTotal: ['Total_out', 'total_out', 'E_out', 'ExportActive', 'Export', 'Einspeisung'],
  gridVoltage: ['voltage_l1', 'Voltage_L1', 'volt_p1', 'Volt_p1', 'Voltage'],
  gridFrequency: ['Frequency', 'Frequenz', 'freq', 'HZ', 'Freq'],
} as const;

const overMqtt = mqttFamily(
  { topics: { sensor: { topic: 'tele/{topic}/SENSOR' } }, defaults: {} },
  ({ sensor }, device, setup) => tasmotaReading(sensor, setup, device.roles),
);
const overHttp = httpFamily('open', (client, { device, ok }) => async (signal) => {
  const reply = await client.json('/cm?cmnd=Status%208', signal);
  return reply.outcome === 'failed'
    ? reply
    : ok(tasmotaReading(pick(reply.value, 'StatusSNS'), device.setup, device.roles), reply.value);
});

/** Tasmota energy sensors and reading heads, over MQTT or HTTP. */
export const openTasmota: OpenPlantAdapter = (device, ports) =>
  device.connection.transport === 'mqtt' ? overMqtt(device, ports) : overHttp(device, ports);

export function tasmotaReading(sensor: unknown, setup: Setup, roles: readonly Role[]): PlantReading {
  const named = setup['block'];
  const blocks = entriesIn(sensor).filter(
    ([name, block]) => typeof block === 'object' && (named === undefined || name === named),
  );
  const [, block] =
    blocks.find(([name]) => name === 'ENERGY') ??
    blocks.find(([, values]) => NAMES.power.some((key) => pick(values, key) !== undefined)) ??
    [];
  const find = (quantity: keyof typeof NAMES) => {
    const told = setup[quantity];
    const keys = told === undefined ? NAMES[quantity] : [String(told)];
    // Several channels come as a list.
    return keys
      .map((key) => (quantity === 'power' ? sumOrNumber(block, key) : numberIn(block, key)))
      .find((value) => value !== undefined);
  };
  const phases = [1, 2, 3].map((phase) => numberIn(block, `power_l${phase}`) ?? numberIn(block, `Power_L${phase}`));
  return meterReading(
    {
      power: find('power'),
      phases,
      importTotal: times(find('importTotal'), 1000),
      exportTotal: times(find('exportTotal'), 1000),
      gridVoltage: find('gridVoltage'),
      gridFrequency: find('gridFrequency'),
    },
    roles,
  );
}
