import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import ModbusRTU from 'modbus-serial';
import PQueue from 'p-queue';
import type { Connection } from '#shared/device.ts';
import { failed, networkFault, type Failed } from './fault.ts';
import type { RegisterRequest, RegisterResult, RegisterSource } from './registers.ts';
import { shared } from './shared.ts';

export type ModbusConnection = Extract<Connection, { transport: 'modbus-tcp' | 'modbus-rtu-tcp' | 'modbus-rtu' }>;

export interface BusManners {
  /** Silence between the end of one exchange and the start of the next, ms. */
  gapMs?: number;
  timeoutMs?: number;
  /** Silence after connecting that some gateways need, ms. */
  settleMs?: number;
}

const TIMEOUT_MS = 3000;

/** One wire: one connection and one queue for all units behind it. Times are real time; wires do not follow --speed. */
interface Wire {
  queue: PQueue;
  link: Link | undefined;
  quietSince: number;
}
interface Link {
  client: ModbusRTU;
  /** The reply, or a rejection as soon as the connection is lost. One exchange at a time. */
  unlessLost<T>(reply: Promise<T>): Promise<T>;
  drop(): void;
}

const wires = shared<Wire>(
  () => ({ queue: new PQueue({ concurrency: 1 }), link: undefined, quietSince: 0 }),
  async (wire) => {
    await wire.queue.onIdle();
    wire.link?.drop();
  },
);

/** All units behind one host and port share the connection; it is opened on the first read and again after a loss. */
export function modbusSource(connection: ModbusConnection, manners: BusManners = {}): RegisterSource {
  const address = connection.transport === 'modbus-rtu' ? connection.path : `${connection.host}:${connection.port}`;
  const lane = wires.acquire(`${connection.transport} ${address}`);
  const wire = lane.value;
  const timeoutMs = manners.timeoutMs ?? TIMEOUT_MS;

  const exchange = async (request: RegisterRequest, signal: AbortSignal): Promise<RegisterResult> => {
    try {
      signal.throwIfAborted();
      const pause = wire.quietSince + (manners.gapMs ?? 0) - performance.now();
      if (pause > 0) await delay(pause, undefined, { signal });
      if (wire.link?.client.isOpen !== true) {
        wire.link?.drop();
        wire.link = await open(connection, timeoutMs, signal);
        if (manners.settleMs !== undefined) await delay(manners.settleMs, undefined, { signal });
      }
      const { client } = wire.link;
      client.setID(request.unit);
      client.setTimeout(timeoutMs);
      const reply =
        request.table === 'holding'
          ? client.readHoldingRegisters(request.at, request.count)
          : client.readInputRegisters(request.at, request.count);
      const { data } = await wire.link.unlessLost(reply);
      return { outcome: 'ok', words: data };
    } catch (error) {
      const exception = exceptionOf(error);
      if (exception !== undefined) return { ...exceptionFault(address, request, exception), exception };
      // After anything but a clean answer a late or shifted frame may follow: begin anew.
      wire.link?.drop();
      wire.link = undefined;
      return faultOf(address, request, error);
    } finally {
      if (wire.link) forgetExchanges(wire.link.client);
      wire.quietSince = performance.now();
    }
  };

  return {
    address,
    read: (request, signal) => wire.queue.add(() => exchange(request, signal)),
    close: () => lane.release(),
  };
}

/** modbus-serial 8.0.25 keeps the last 256 exchanges of a connection with their bytes; ours is over. */
function forgetExchanges(client: ModbusRTU): void {
  const kept = (client as unknown as { _transactions?: Record<string, unknown> })._transactions ?? {};
  for (const id of Object.keys(kept)) delete kept[id];
}

async function open(connection: ModbusConnection, timeoutMs: number, signal: AbortSignal): Promise<Link> {
  const client = new ModbusRTU();
  // Unheard, an 'error' event would end the process.
  client.on('error', () => undefined);
  if (connection.transport === 'modbus-rtu') {
    const { path, baudRate, parity, stopBits } = connection;
    await client.connectRTUBuffered(path, { baudRate, parity, stopBits, dataBits: 8 });
    const unlessLost = guard((fail) => client.on('close', () => fail(new Error('the serial port was closed'))));
    return { client, unlessLost, drop: () => client.close(() => undefined) };
  }
  const socket = await connectSocket(
    connection.host,
    connection.port,
    AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  );
  const unlessLost = guard((fail) => {
    socket.once('error', fail);
    socket.once('close', () => fail(Object.assign(new Error('connection closed'), { code: 'ECONNRESET' })));
  });
  await (connection.transport === 'modbus-tcp'
    ? client.linkTCP(socket, { port: connection.port })
    : client.linkTelnet(socket, {}));
  return { client, unlessLost, drop: () => socket.destroy() };
}

/** Not a race against one promise for the life of the link: that would keep every reply until the link ends. */
function guard(listen: (fail: (error: Error) => void) => void): Link['unlessLost'] {
  let lost: Error | undefined;
  let fail: ((error: Error) => void) | undefined;
  listen((error) => {
    lost ??= error;
    fail?.(lost);
  });
  return (reply) =>
    new Promise((resolve, reject) => {
      fail = reject;
      if (lost) reject(lost);
      reply.then(resolve, reject).finally(() => (fail = undefined));
    });
}

/** A connected socket, or a rejection with the network's or the signal's reason. */
export function connectSocket(host: string, port: number, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = net.connect({ host, port, noDelay: true, keepAlive: true });
    const give = (settle: () => void) => {
      signal.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => {
      socket.destroy();
      give(() => reject(signal.reason));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', (error) => give(() => reject(error)));
    socket.once('connect', () => give(() => resolve(socket)));
  });
}

function exceptionOf(error: unknown): number | undefined {
  return error instanceof Error && 'modbusCode' in error && typeof error.modbusCode === 'number'
    ? error.modbusCode
    : undefined;
}

/** Codes of the Modbus application protocol V1.1b3, section 7. */
function exceptionFault(address: string, { at, unit, table }: RegisterRequest, code: number): Failed {
  const where = `${address} unit ${unit}`;
  if (code >= 1 && code <= 3)
    return failed(
      'unsupported',
      `${where} has no ${table} register ${at} (exception ${code}); check the device type and the unit number`,
    );
  if (code === 5 || code === 6)
    return failed('busy', `${where} is busy (exception ${code}); it will be asked again later`);
  if (code === 10 || code === 11)
    return failed(
      'unreachable',
      `${where} does not answer its gateway (exception ${code}); check the unit number, or it may be asleep`,
    );
  return failed(
    'exception',
    `${where} reports a failure of its own (exception ${code}) at ${table} register ${at}; restart it if that lasts`,
  );
}

function faultOf(address: string, request: RegisterRequest, error: unknown): Failed {
  const text = error instanceof Error ? error.message : String(error);
  // modbus-serial's own timeout is no Error, only shaped like one.
  if (typeof error === 'object' && error !== null && 'errno' in error && error.errno === 'ETIMEDOUT')
    return failed(
      'timeout',
      `${address} unit ${request.unit} did not answer in time; check the unit number and that no other program holds its only connection`,
    );
  if (/^(Data length error|CRC error|Unexpected data error)/.test(text))
    return failed(
      'garbage',
      `${address} unit ${request.unit} answered something else than was asked (${text}); check the unit number and the wiring`,
    );
  return networkFault(address, error);
}
