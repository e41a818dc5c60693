import type { DeviceHealth, LoadDevice, PlantDevice } from '#shared/device.ts';

/** Names whose values say who or where the owner is. */
const PRIVATE =
  /serial|^sn$|mac|ssid|token|passw|secret|email|first_?name|last_?name|unique_?id|^id$|_id$|^ip|host|address|din|uid|location|site_name|meter_?id/i;
const BLANK = '•••';
const MAX_TEXT = 200_000;

interface Reported {
  device: PlantDevice | LoadDevice;
  health(): DeviceHealth;
  /** Its newest reading as Spillway understands it. */
  latest(): unknown;
  /** What it said itself. */
  raw(): unknown;
}

/** A program's arguments are the owner's own affair. */
const shown = (connection: Reported['device']['connection']) =>
  connection.transport === 'process' ? { transport: 'process' } : connection;

/** Health, reading and last reply of one device as text for a bug report, with everything private blanked. */
export function deviceReport(session: Reported): string {
  const { connection, ...device } = session.device;
  const { fault, ...health } = session.health();
  const address = health.address;
  const report = {
    device: { ...device, connection: shown(connection) },
    health: { ...health, fault: fault && { kind: fault.kind, message: fault.message.replaceAll(address, BLANK) } },
    reading: session.latest(),
    raw: session.raw(),
  };
  return JSON.stringify(blanked(report), null, 2).slice(0, MAX_TEXT);
}

function blanked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blanked);
  if (value instanceof Map) return blanked(Object.fromEntries(value));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, hides(key, inner) ? BLANK : blanked(inner)]),
  );
}

const hides = (key: string, value: unknown) =>
  PRIVATE.test(key) && (typeof value === 'string' || typeof value === 'number');
