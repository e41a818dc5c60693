import type { Socket } from 'node:net';
import PQueue from 'p-queue';
import type { Connection } from '#shared/device.ts';
import { httpClient } from '../transports/http.ts';
import { browseServices, isPrivate, localHosts } from '../transports/local-network.ts';
import { connectSocket, modbusSource } from '../transports/modbus.ts';
import { multicastFeed } from '../transports/multicast.ts';
import { decodeSpeedwire } from './decode/speedwire.ts';
import { recogniseHttp, recogniseRegisters, SERVICES, type FoundDevice } from './fingerprints.ts';

/** A load found by a probe of the miners' area. */
export interface FoundLoad {
  family: string;
  model?: string;
  connection: Connection;
}
export interface LoadProbe {
  port: number;
  ask(host: string, port: number, signal: AbortSignal): Promise<FoundLoad | undefined>;
}

export interface DiscoveryProgress {
  done: number;
  total: number;
  found: readonly FoundDevice[];
  loads: readonly FoundLoad[];
}

export interface DiscoveryOptions {
  signal: AbortSignal;
  onProgress(progress: DiscoveryProgress): void;
  /** Addresses the site already speaks to: a device with one connection is not disturbed. */
  inUse: ReadonlySet<string>;
  /** Loads are looked for in the same pass. */
  loadProbes?: readonly LoadProbe[];
  /** For tests: what to search instead of the local networks. */
  hosts?: readonly string[];
  httpPorts?: readonly number[];
  modbusPorts?: readonly number[];
  /** False leaves out announcements and multicast. */
  listen?: boolean;
}

const AT_ONCE = 64;
/** The whole search ends after this time whatever is still open. */
const BUDGET_MS = 30_000;
const KNOCK_MS = 400;
const LEAVE_MS = 200;
const HTTP_PORTS = [80, 8050, 8080];
const MODBUS_PORTS = [502, 1502, 503];
const SPEEDWIRE = { group: '239.12.255.254', port: 9522 };
const LISTEN_MS = 4000;

/** Searches the local networks once, when the owner asks: read-only, at most 64 connections, a /24 within 30 s. */
export async function discover(options: DiscoveryOptions): Promise<DiscoveryProgress> {
  const { onProgress, inUse, listen = true, loadProbes = [] } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(BUDGET_MS)]);
  const hosts = (options.hosts ?? localHosts().filter(isPrivate)).filter((host) => !inUse.has(host));
  const doors = [
    ...(options.modbusPorts ?? MODBUS_PORTS).map((port) => ({ port, look: lookForRegisters })),
    ...(options.httpPorts ?? HTTP_PORTS).map((port) => ({ port, look: lookForPages })),
  ];
  const found = new Map<string, FoundDevice>();
  const loads: FoundLoad[] = [];
  const total = hosts.length * (doors.length + loadProbes.length);
  let done = 0;
  const keep = (device: FoundDevice) => {
    const { connection } = device;
    const where = 'host' in connection ? connection.host : connection.transport;
    // An announcement knows less than the device itself.
    if (!found.has(`${device.family} ${where}`)) found.set(`${device.family} ${where}`, device);
  };
  const progress = (): DiscoveryProgress => ({ done, total, found: [...found.values()], loads: [...loads] });
  const passed = () => {
    done++;
    if (done % 32 === 0 || done === total) onProgress(progress());
  };

  const listening = listen ? listenAround(signal, keep) : Promise.resolve();
  const open = async (host: string, port: number) => !signal.aborted && (await isOpen(host, port, signal));
  async function searchHost(host: string) {
    for (const { port, look } of doors) {
      const device = (await open(host, port)) ? await look(host, port, signal) : undefined;
      if (device) keep(device);
      passed();
    }
    for (const { port, ask } of loadProbes) {
      const load = (await open(host, port)) ? await ask(host, port, signal) : undefined;
      const known = (one: FoundLoad) => one.family === load?.family && sameHost(one.connection, load.connection);
      if (load && !loads.some(known)) loads.push(load);
      passed();
    }
  }

  const queue = new PQueue({ concurrency: AT_ONCE });
  // One connection to a host at a time: many devices have but one to give.
  for (const host of hosts) void queue.add(() => searchHost(host));
  await queue.onIdle();
  await listening;
  onProgress(progress());
  return progress();
}

const sameHost = (a: Connection, b: Connection) => 'host' in a && 'host' in b && a.host === b.host;

async function isOpen(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  try {
    const socket = await connectSocket(host, port, AbortSignal.any([signal, AbortSignal.timeout(KNOCK_MS)]));
    await leave(socket);
    return true;
  } catch {
    return false;
  }
}

/** The device has let go of the connection when its end has come too; then it can take the next. */
function leave(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => socket.destroy(), LEAVE_MS);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(late);
      resolve();
    });
    socket.resume();
    socket.end();
  });
}

async function lookForPages(host: string, port: number, signal: AbortSignal): Promise<FoundDevice | undefined> {
  const connection = { transport: 'http', host, port, tls: false } as const;
  const client = httpClient(connection);
  try {
    const finding = await recogniseHttp(client, signal);
    return finding && { ...finding, connection };
  } finally {
    await client.close();
  }
}

async function lookForRegisters(host: string, port: number, signal: AbortSignal): Promise<FoundDevice | undefined> {
  const connection = { transport: 'modbus-tcp', host, port, unit: 1 } as const;
  const source = modbusSource(connection, { timeoutMs: 1000, gapMs: 20 });
  try {
    const finding = await recogniseRegisters(source, signal);
    if (!finding) return undefined;
    const { unit, ...device } = finding;
    return { ...device, connection: { ...connection, unit } };
  } finally {
    await source.close();
  }
}

async function listenAround(signal: AbortSignal, keep: (device: FoundDevice) => void): Promise<void> {
  const short = AbortSignal.any([signal, AbortSignal.timeout(LISTEN_MS)]);
  const feed = multicastFeed(SPEEDWIRE.group, SPEEDWIRE.port, undefined, (bytes) => {
    const meter = decodeSpeedwire(bytes);
    if (!meter) return;
    const connection = { transport: 'multicast', ...SPEEDWIRE } as const;
    keep({
      family: 'sma-speedwire',
      name: `SMA meter ${meter.serial}`,
      roles: ['grid'],
      connection,
      setup: { serial: meter.serial },
    });
  });
  await feed.ensure();
  await browseServices(Object.keys(SERVICES), short, ({ type, name, host, port }) => {
    const finding = SERVICES[type];
    if (finding)
      keep({
        ...finding,
        name: name || finding.name,
        connection: { transport: 'http', host, port: port || 80, tls: false },
      });
  });
  await feed.close();
}
