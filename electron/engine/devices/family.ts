import type { PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { failed, type Failed } from '../transports/fault.ts';
import { httpClient, type HttpAuth, type HttpClient } from '../transports/http.ts';
import { modbusSource, type BusManners } from '../transports/modbus.ts';
import type { RegisterSource } from '../transports/registers.ts';
import type { DevicePorts, OpenPlantAdapter, PlantAdapter, ReadResult } from './adapter.ts';

type Read = (signal: AbortSignal) => Promise<ReadResult<PlantReading>>;

/** What every family is opened with. */
export interface FamilyContext {
  device: PlantDevice;
  ports: DevicePorts;
  /** The password or token the connection names, where the owner has given it. */
  password: string | undefined;
  ok: (reading: PlantReading, raw?: unknown) => ReadResult<PlantReading>;
}

function contextOf(device: PlantDevice, ports: DevicePorts): FamilyContext {
  const { connection } = device;
  const name = 'secret' in connection ? connection.secret : undefined;
  return {
    device,
    ports,
    password: name === undefined ? undefined : ports.secret(name),
    ok: (reading, raw) => ({ outcome: 'ok', atMs: ports.clock.now(), reading, ...(raw === undefined ? {} : { raw }) }),
  };
}

/** How the family's devices ask who is there. `open`: not at all, or the family logs in by itself. */
export type Login = 'open' | 'password' | 'bearer' | { header: string } | { user: string };

/** A family spoken to over HTTP. */
export function httpFamily(
  login: Login,
  begin: (client: HttpClient, context: FamilyContext) => Read,
): OpenPlantAdapter {
  return (device, ports) => {
    const { connection } = device;
    if (connection.transport !== 'http') return unsuitable(device, 'http');
    const context = contextOf(device, ports);
    const client = httpClient(connection, authOf(login, connection.user, context.password));
    const read = begin(client, context);
    return { read, close: () => client.close() };
  };
}

function authOf(login: Login, user: string | undefined, password: string | undefined): HttpAuth | undefined {
  if (login === 'open' || password === undefined) return undefined;
  if (login === 'bearer') return { kind: 'bearer', token: password };
  if (typeof login === 'object' && 'header' in login) return { kind: 'header', name: login.header, value: password };
  const usual = typeof login === 'object' ? login.user : undefined;
  const name = user ?? usual;
  return name === undefined ? undefined : { kind: 'password', user: name, password };
}

/** A family that holds registers, over whatever wire the connection names. */
export function registerFamily(
  manners: BusManners,
  begin: (source: RegisterSource, unit: number, context: FamilyContext) => Read,
): OpenPlantAdapter {
  return (device, ports) => {
    const opened = openRegisters(device, manners);
    if (!opened) return unsuitable(device, 'modbus-tcp, modbus-rtu-tcp or modbus-rtu');
    const read = begin(opened.source, opened.unit, contextOf(device, ports));
    return { read, close: () => opened.source.close() };
  };
}

function openRegisters(
  { connection }: PlantDevice,
  manners: BusManners,
): { source: RegisterSource; unit: number } | undefined {
  switch (connection.transport) {
    case 'modbus-tcp':
    case 'modbus-rtu-tcp':
    case 'modbus-rtu':
      return { source: modbusSource(connection, manners), unit: connection.unit };
    default:
      return undefined;
  }
}

/** Answers every read with what is wrong in the site file, so that the other devices go on. */
export function unsuitable(device: PlantDevice, wanted: string): PlantAdapter {
  const fault: Failed = failed(
    'unsupported',
    `${device.name}: ${device.family} is spoken to over ${wanted}, not ${device.connection.transport}; change its connection`,
  );
  return { read: () => Promise.resolve(fault), close: () => Promise.resolve() };
}
