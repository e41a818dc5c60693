import type { PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { failed, type Failed } from '../transports/fault.ts';
import { framedSource } from '../transports/framed-source.ts';
import { givenergyFrames } from '../transports/givenergy-frame.ts';
import { httpClient, type HttpAuth, type HttpClient } from '../transports/http.ts';
import { modbusSource, type BusManners } from '../transports/modbus.ts';
import type { RegisterSource } from '../transports/registers.ts';
import { scomSource } from '../transports/scom.ts';
import { solarmanV5 } from '../transports/solarman-v5.ts';
import type { DevicePorts, OpenPlantAdapter, PlantAdapter, ReadResult } from './adapter.ts';

export type Read = (signal: AbortSignal) => Promise<ReadResult<PlantReading>>;

/** What every family is opened with. */
export interface FamilyContext {
  device: PlantDevice;
  ports: DevicePorts;
  /** The password or token the connection names, where the owner has given it. */
  password: string | undefined;
  ok: (reading: PlantReading, raw?: unknown) => ReadResult<PlantReading>;
}

export function contextOf(device: PlantDevice, ports: DevicePorts): FamilyContext {
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
export type Login = 'open' | 'password' | 'bearer' | { header: string } | { user: string } | { tokenOrUser: string };

/** Reading that holds something of the device which must be given back at the end. */
export interface Visit {
  read: Read;
  leave(): Promise<void>;
}

/** A family spoken to over HTTP. */
export function httpFamily(
  login: Login,
  begin: (client: HttpClient, context: FamilyContext) => Read | Visit,
): OpenPlantAdapter {
  return (device, ports) => {
    const { connection } = device;
    if (connection.transport !== 'http') return unsuitable(device, 'http');
    const context = contextOf(device, ports);
    const client = httpClient(connection, authOf(login, connection.user, context.password), ports.pins);
    const begun = begin(client, context);
    const { read, leave } = typeof begun === 'function' ? { read: begun, leave: undefined } : begun;
    return {
      read,
      close: async () => {
        await leave?.();
        await client.close();
      },
    };
  };
}

function authOf(login: Login, user: string | undefined, password: string | undefined): HttpAuth | undefined {
  if (login === 'open' || password === undefined) return undefined;
  if (login === 'bearer') return { kind: 'bearer', token: password };
  if (typeof login === 'object' && 'header' in login) return { kind: 'header', name: login.header, value: password };
  if (typeof login === 'object' && 'tokenOrUser' in login) {
    // A JSON web token begins with the Base64 of `{"`.
    if (password.startsWith('eyJ')) return { kind: 'bearer', token: password };
    return { kind: 'password', user: user ?? login.tokenOrUser, password };
  }
  const usual = typeof login === 'object' ? login.user : undefined;
  const name = user ?? usual;
  return name === undefined ? undefined : { kind: 'password', user: name, password };
}

/** Frames that a family's devices put around Modbus on a plain TCP port. */
export type Framing = 'solarman-v5' | 'givenergy' | 'scom';

/** A family that holds registers, over whatever wire the connection names. */
export function registerFamily(
  manners: BusManners & { unit?: number; framing?: Framing },
  begin: (source: RegisterSource, unit: number, context: FamilyContext) => Read,
): OpenPlantAdapter {
  return (device, ports) => {
    const opened = openRegisters(device, manners);
    if (typeof opened === 'string') return unsuitable(device, opened);
    const read = begin(opened.source, opened.unit, contextOf(device, ports));
    return { read, close: () => opened.source.close() };
  };
}

function openRegisters(
  { connection, setup }: PlantDevice,
  manners: BusManners & { unit?: number; framing?: Framing },
): { source: RegisterSource; unit: number } | string {
  const told = Number(setup['unit'] ?? manners.unit ?? 1);
  const unit = Number.isInteger(told) && told >= 0 && told <= 255 ? told : 1;
  switch (connection.transport) {
    case 'modbus-tcp':
    case 'modbus-rtu-tcp':
    case 'modbus-rtu':
      return { source: modbusSource(connection, manners), unit: connection.unit };
    case 'tcp': {
      const { host, port } = connection;
      const address = `${host}:${port}`;
      if (manners.framing === 'givenergy') return { source: framedSource(host, port, givenergyFrames(address)), unit };
      if (manners.framing === 'scom') return { source: scomSource(host, port), unit };
      const serial = Number(setup['loggerSerial']);
      if (!Number.isInteger(serial) || serial <= 0) return 'tcp with the logger’s serial number in setup.loggerSerial';
      return { source: framedSource(host, port, solarmanV5(serial, address)), unit };
    }
    default:
      return 'modbus-tcp, modbus-rtu-tcp, modbus-rtu or tcp';
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
