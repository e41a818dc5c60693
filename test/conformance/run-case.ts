import { LoadDevice, PlantDevice, type Connection } from '#shared/device.ts';
import { plantAdapters } from '#engine/devices/registry.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import { systemClock } from '#engine/system/clock.ts';
import { silentLog } from '#engine/system/log.ts';
import type { LoadedCase } from './case.ts';
import { differences } from './compare.ts';
import { feedMqtt, feedMulticast, feedSerial } from './feed.ts';
import { serveCgminer, serveLengthJson } from './serve-commands.ts';
import { serveHttp } from './serve-http.ts';
import { serveModbus, serveUdp } from './serve-modbus.ts';
import type { Served } from './served.ts';

export interface Outcome {
  id: string;
  outcome: 'pass' | 'fail' | 'no-adapter';
  differences: string[];
}

const HOST = '127.0.0.1';
const SECRET = 'conformance';
const PATIENCE_MS = 10_000;

export async function runCase(loaded: LoadedCase): Promise<Outcome> {
  const known = loaded.kind === 'plant' ? plantAdapters[loaded.family] : minerDrivers[loaded.family];
  if (!known) return { id: loaded.id, outcome: 'no-adapter', differences: [] };
  const peers = await boot(loaded);
  try {
    const found = await readUntilSettled(loaded, peers);
    const wrong = typeof found === 'string' ? [found] : differences(loaded, found);
    return { id: loaded.id, outcome: wrong.length === 0 ? 'pass' : 'fail', differences: wrong };
  } catch (error) {
    return {
      id: loaded.id,
      outcome: 'fail',
      differences: [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
    };
  } finally {
    await Promise.all(Object.values(peers).map((peer) => peer?.close()));
  }
}

type Peers = {
  http?: Served;
  modbus?: Served;
  cgminer?: Served;
  lengthJson?: Served;
  pushed?: Served & { group?: string };
  udp?: Served;
};

async function boot(loaded: LoadedCase): Promise<Peers> {
  const peers: Peers = {};
  if (loaded.http) peers.http = await serveHttp(loaded);
  if (loaded.modbus && loaded.transport !== 'udp') peers.modbus = await serveModbus(loaded);
  if (loaded.cgminer) peers.cgminer = await serveCgminer(loaded);
  if (loaded.lengthJson) peers.lengthJson = await serveLengthJson(loaded);
  if (loaded.transport === 'udp') peers.udp = await serveUdp(loaded);
  if (loaded.transport === 'mqtt') peers.pushed = await feedMqtt(loaded);
  if (loaded.transport === 'serial-telegram') peers.pushed = await feedSerial(loaded);
  if (loaded.transport === 'udp-multicast') peers.pushed = await feedMulticast(loaded);
  return peers;
}

function connect(loaded: LoadedCase, peers: Peers): Connection {
  const login = { ...(loaded.auth ? { user: loaded.auth.user } : {}), secret: SECRET };
  const port = (peer: Served | undefined) => peer?.port ?? 9;
  switch (loaded.transport) {
    case 'http':
      return { transport: 'http', host: HOST, port: port(peers.http), tls: false, ...login };
    case 'modbus-tcp':
      return { transport: 'modbus-tcp', host: HOST, port: port(peers.modbus), unit: loaded.modbus?.unit ?? 1 };
    case 'cgminer-tcp':
      return { transport: 'tcp', host: HOST, port: port(peers.cgminer), ...login };
    case 'length-json-tcp':
      return { transport: 'tcp', host: HOST, port: port(peers.lengthJson), ...login };
    case 'serial-telegram':
      return { transport: 'tcp', host: HOST, port: port(peers.pushed) };
    case 'udp':
      return { transport: 'udp', host: HOST, port: port(peers.udp) };
    case 'udp-multicast':
      return { transport: 'multicast', group: peers.pushed?.group ?? '', port: port(peers.pushed), interface: HOST };
    case 'mqtt':
      return {
        transport: 'mqtt',
        url: `mqtt://${HOST}:${port(peers.pushed)}`,
        topic: String(loaded.setup?.['topic'] ?? ''),
      };
  }
}

async function readUntilSettled(loaded: LoadedCase, peers: Peers): Promise<Record<string, unknown> | string> {
  const { role, ...setup } = loaded.setup ?? {};
  const clock = systemClock();
  const ports = {
    clock,
    log: silentLog,
    secret: (name: string) => (name === SECRET ? (loaded.auth?.password ?? SECRET) : undefined),
  };
  // A device's second port is always the vendor's own on real hardware; here it must be told.
  const others = {
    ...(peers.http ? { httpPort: peers.http.port } : {}),
    ...(peers.cgminer ? { apiPort: peers.cgminer.port } : {}),
    ...(peers.modbus ? { modbusPort: peers.modbus.port } : {}),
  };
  const common = {
    id: loaded.id,
    name: loaded.id,
    family: loaded.family,
    connection: connect(loaded, peers),
    setup: { ...setup, ...others },
  };
  const reader = loaded.kind === 'plant' ? plantReader(common, role) : minerReader(common);
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  let last: string | undefined;
  try {
    for (;;) {
      const result = await reader.read(deadline);
      const seen = JSON.stringify(result.found);
      // What is pushed may still be on its way: the reading counts when it stands.
      if (result.found !== undefined && (!peers.pushed || seen === last)) return result.found;
      last = result.found === undefined ? undefined : seen;
      if (deadline.aborted || !peers.pushed) return `no reading: ${result.fault ?? 'timeout'}`;
      await clock.sleep(100);
    }
  } finally {
    await reader.close();
  }

  function plantReader(device: object, asked: unknown) {
    const open = plantAdapters[loaded.family];
    const roles = asked === 'grid' || asked === 'production' ? [asked] : ['production', 'battery', 'grid', 'demand'];
    const adapter = open?.(PlantDevice.parse({ ...device, roles }), ports);
    return {
      read: async (signal: AbortSignal) => {
        const result = await adapter?.read(signal);
        return result?.outcome === 'ok'
          ? { found: { ...result.reading } as Record<string, unknown> }
          : { fault: result?.fault.message };
      },
      close: async () => adapter?.close(),
    };
  }

  function minerReader(device: object) {
    const driver = minerDrivers[loaded.family]?.(LoadDevice.parse(device), ports);
    return {
      read: async (signal: AbortSignal) => {
        const result = await driver?.read(signal);
        return result?.outcome === 'ok'
          ? { found: { ...result.value } as Record<string, unknown> }
          : { fault: result?.fault.message };
      },
      close: async () => driver?.close(),
    };
  }
}
