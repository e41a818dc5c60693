import { z } from 'zod';
import { PlantDevice, type Role } from '#shared/device.ts';

/** Where the device is that a profile is tried with. */
export interface Where {
  host: string;
  port: string;
  unit: string;
  url: string;
  topic: string;
}
type Kind = 'registers' | 'http-json' | 'mqtt';

const Told = z.object({
  protocol: z.enum(['registers', 'http-json', 'mqtt']).default('registers'),
  quantities: z.record(z.string(), z.unknown()).default({}),
});
const PORTS: Record<Exclude<Kind, 'mqtt'>, number> = { registers: 502, 'http-json': 80 };
const ROLES: Partial<Record<string, Role>> = {
  production: 'production',
  grid: 'grid',
  import: 'grid',
  battery: 'battery',
  charge: 'battery',
  demand: 'demand',
};

function told(text: string): z.infer<typeof Told> {
  try {
    return Told.parse(JSON.parse(text));
  } catch {
    return Told.parse({});
  }
}

/** How the devices of a profile are spoken to; Modbus where the text does not tell yet. */
export const kindOf = (text: string): Kind => told(text).protocol;

/** The device that a checked profile is tried with; problems name the field. */
export function deviceFor(
  text: string,
  family: string,
  { host, port, unit, url, topic }: Where,
): { outcome: 'ok'; device: PlantDevice } | { outcome: 'refused'; problems: string[] } {
  const { protocol, quantities } = told(text);
  const roles = [...new Set(Object.keys(quantities).flatMap((quantity) => ROLES[quantity] ?? []))];
  const net = { host, port: port === '' && protocol !== 'mqtt' ? PORTS[protocol] : Number(port) };
  const connection =
    protocol === 'mqtt'
      ? { transport: 'mqtt', url, topic }
      : protocol === 'http-json'
        ? { transport: 'http', ...net }
        : { transport: 'modbus-tcp', ...net, unit: Number(unit) };
  const parsed = PlantDevice.safeParse({
    id: family,
    name: family,
    family,
    // A meter tells what it is mounted at: the grid, while it is tried.
    roles: roles.length > 0 ? roles : ['grid'],
    connection,
  });
  if (parsed.success) return { outcome: 'ok', device: parsed.data };
  return {
    outcome: 'refused',
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  };
}
