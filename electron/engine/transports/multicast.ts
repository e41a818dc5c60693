import dgram from 'node:dgram';
import { networkFault, type Failed } from './fault.ts';

/** Datagrams of a multicast group on one interface. */
export interface MulticastFeed {
  readonly address: string;
  ensure(): Promise<Failed | undefined>;
  close(): Promise<void>;
}

export function multicastFeed(
  group: string,
  port: number,
  on: string | undefined,
  onDatagram: (bytes: Buffer) => void,
): MulticastFeed {
  const address = `${group}:${port}`;
  let socket: dgram.Socket | undefined;
  return {
    address,
    ensure: () =>
      new Promise((resolve) => {
        if (socket) return resolve(undefined);
        // Several programs may listen to the same meter.
        const opened = dgram.createSocket({ type: 'udp4', reuseAddr: true });
        const fail = (error: unknown) => {
          if (socket === opened) socket = undefined;
          opened.close();
          resolve(networkFault(address, error));
        };
        opened.once('error', fail);
        opened.on('message', onDatagram);
        opened.bind(port, () => {
          try {
            opened.addMembership(group, on);
            socket = opened;
            resolve(undefined);
          } catch (error) {
            fail(error);
          }
        });
      }),
    close: () =>
      new Promise((resolve) => {
        const open = socket;
        socket = undefined;
        if (open) open.close(() => resolve());
        else resolve();
      }),
  };
}
