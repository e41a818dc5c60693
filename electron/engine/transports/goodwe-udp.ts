import dgram from 'node:dgram';
import PQueue from 'p-queue';
import { networkFault } from './fault.ts';
import type { RegisterResult, RegisterSource } from './registers.ts';
import { rtuReply, rtuRequest } from './rtu-frame.ts';

const HEADER = Buffer.from([0xaa, 0x55]);
const TRIES = 3;
const TIMEOUT_MS = 1000;

/** GoodWe's Wi-Fi kits: an RTU request in a datagram to port 8899, answered by AA55 and the RTU reply (goodwe library). */
export function goodweUdpSource(host: string, port: number): RegisterSource {
  const address = `${host}:${port}`;
  const queue = new PQueue({ concurrency: 1 });

  const once = (
    request: Buffer,
    signal: AbortSignal,
    understand: (frame: Buffer) => RegisterResult,
  ): Promise<RegisterResult> =>
    new Promise((resolve) => {
      const socket = dgram.createSocket('udp4');
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const settle = (result: RegisterResult) => {
        deadline.removeEventListener('abort', expire);
        socket.close();
        resolve(result);
      };
      const expire = () => settle(networkFault(address, deadline.reason));
      if (deadline.aborted) return settle(networkFault(address, deadline.reason));
      deadline.addEventListener('abort', expire, { once: true });
      socket.once('error', (error) => settle(networkFault(address, error)));
      socket.once('message', (message) =>
        settle(understand(message.subarray(0, 2).equals(HEADER) ? message.subarray(2) : message)),
      );
      socket.send(request, port, host, (error) => error && settle(networkFault(address, error)));
    });

  return {
    address,
    read: (request, signal) =>
      queue.add(async () => {
        const understand = (frame: Buffer) => rtuReply(frame, request, address);
        let result = await once(rtuRequest(request), signal, understand);
        for (let tries = 1; tries < TRIES && lost(result) && !signal.aborted; tries++)
          result = await once(rtuRequest(request), signal, understand);
        return result;
      }),
    close: () => queue.onIdle(),
  };
}

const lost = (result: RegisterResult) =>
  result.outcome === 'failed' && (result.fault.kind === 'timeout' || result.fault.kind === 'garbage');
