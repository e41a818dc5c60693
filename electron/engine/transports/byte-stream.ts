import type net from 'node:net';
import type { SerialPort } from 'serialport';
import type { Connection } from '#shared/device.ts';
import { networkFault, type Failed } from './fault.ts';
import { connectSocket } from './modbus.ts';

export type StreamConnection = Extract<Connection, { transport: 'tcp' | 'serial' }>;

/** Bytes that a meter sends unasked, over a serial port or a network reader. */
export interface ByteStream {
  readonly address: string;
  /** Opens it unless it is open; the fault where that fails. */
  ensure(signal: AbortSignal): Promise<Failed | undefined>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 5000;

export function byteStream(connection: StreamConnection, onBytes: (bytes: Buffer) => void): ByteStream {
  const address = connection.transport === 'serial' ? connection.path : `${connection.host}:${connection.port}`;
  let open: net.Socket | SerialPort | undefined;
  let opening: Promise<Failed | undefined> | undefined;

  const start = async (signal: AbortSignal): Promise<Failed | undefined> => {
    try {
      const line =
        connection.transport === 'serial'
          ? await openSerial(connection)
          : await connectSocket(
              connection.host,
              connection.port,
              AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
            );
      line.on('data', onBytes);
      const forget = () => {
        line.destroy();
        if (open === line) open = undefined;
      };
      line.on('error', forget);
      line.on('close', forget);
      open = line;
      return undefined;
    } catch (error) {
      return networkFault(address, error);
    }
  };
  return {
    address,
    ensure(signal) {
      if (open) return Promise.resolve(undefined);
      opening ??= start(signal).finally(() => (opening = undefined));
      return opening;
    },
    async close() {
      await opening;
      open?.destroy();
      open = undefined;
    },
  };
}

/** The native binding is loaded only where a serial port is used. */
async function openSerial({ path, baudRate }: Extract<Connection, { transport: 'serial' }>): Promise<SerialPort> {
  const { SerialPort: Port } = await import('serialport');
  return new Promise((resolve, reject) => {
    const port = new Port({ path, baudRate, autoOpen: false });
    port.open((error) => (error ? reject(error) : resolve(port)));
  });
}
