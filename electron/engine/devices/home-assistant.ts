import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import { httpFamily } from './family.ts';
import { numberIn, textIn, times } from './json.ts';
import { battery, given, grid } from './normalize/directions.ts';

/** Which setup keys name an entity, and for which quantity; signed ones say + = import and + = charge. */
const QUANTITIES = [
  'production',
  'potential',
  'import',
  'export',
  'charge',
  'discharge',
  'demand',
  'productionTotal',
  'importTotal',
  'exportTotal',
  'soc',
  'gridVoltage',
  'gridFrequency',
  'exportLimit',
  'productionLimit',
] as const;
const SIGNED = ['grid', 'battery'] as const;
const FACTORS: Record<string, number> = { W: 1, kW: 1000, MW: 1e6, Wh: 1, kWh: 1000, MWh: 1e6, V: 1, Hz: 1, '%': 1 };

/** Any entities of a Home Assistant: `setup.production: sensor.pv_power`; unavailable ones are unknown. */
export const openHomeAssistant = httpFamily('bearer', (client, { device, ok }) => {
  const wanted = [...QUANTITIES, ...SIGNED].flatMap((quantity) => {
    const entity = device.setup[quantity];
    return typeof entity === 'string' ? [[quantity, entity] as const] : [];
  });
  return async (signal) => {
    if (wanted.length === 0)
      return failed(
        'unsupported',
        `${device.name}: name at least one entity in its setup, as production: sensor.pv_power`,
      );
    const found: Partial<Record<(typeof QUANTITIES)[number] | (typeof SIGNED)[number], number>> = {};
    for (const [quantity, entity] of wanted) {
      const reply = await client.json(`/api/states/${encodeURIComponent(entity)}`, signal);
      if (reply.outcome === 'failed') return reply;
      const value = entityValue(reply.value);
      if (value !== undefined) found[quantity] = value;
    }
    const { grid: gridW, battery: batteryW, ...plain } = found;
    return ok({ ...positive(plain), ...grid(gridW), ...battery(batteryW) }, found);
  };
});

/** States are text; "unavailable" and "unknown" are no numbers. */
export function entityValue(state: unknown): number | undefined {
  const unit = textIn(state, 'attributes.unit_of_measurement') ?? '';
  return times(numberIn(state, 'state'), FACTORS[unit] ?? 1);
}

const positive = (values: PlantReading): PlantReading =>
  given(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? Math.max(0, value) : value]),
    ),
  );
