import type net from 'node:net';
import PQueue from 'p-queue';
import { networkFault } from './fault.ts';
import { connectSocket } from './modbus.ts';
import type { RegisterRequest, RegisterResult, RegisterSource } from './registers.ts';
import { shared } from './shared.ts';

/** A vendor's own frames around register reads. */
export interface FrameCodec {
  encode(request: RegisterRequest): Buffer;
  /** Length of the whole frame the bytes begin with; undefined while too few; 0: the first byte begins no frame. */
  frameLength(bytes: Buffer): number | undefined;
  /** What a frame says about the request; undefined where it is about something else. */
  decode(frame: Buffer, request: RegisterRequest): RegisterResult | undefined;
  /** The answer a device expects to a frame it sends unasked. */
  answer?(frame: Buffer): Buffer | undefined;
}

const TIMEOUT_MS = 6000;
const MAX_PENDING = 8192;

interface Line {
  queue: PQueue;
  socket: net.Socket | undefined;
  pending: Buffer;
}
const lines = shared<Line>(
  () => ({ queue: new PQueue({ concurrency: 1 }), socket: undefined, pending: Buffer.alloc(0) }),
  async (line) => {
    await line.queue.onIdle();
    line.socket?.destroy();
  },
);

/** Registers behind a TCP port that speaks frames of its own; one connection and one queue for all users. */
export function framedSource(host: string, port: number, codec: FrameCodec): RegisterSource {
  const address = `${host}:${port}`;
  const lane = lines.acquire(address);
  const line = lane.value;

  const exchange = async (request: RegisterRequest, signal: AbortSignal): Promise<RegisterResult> => {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      if (line.socket === undefined || line.socket.destroyed || line.socket.readyState !== 'open') {
        line.socket = await connectSocket(host, port, deadline);
        line.socket.on('error', () => undefined);
        line.pending = Buffer.alloc(0);
      }
      return await converse(line, line.socket, codec, request, deadline);
    } catch (error) {
      line.socket?.destroy();
      line.socket = undefined;
      return networkFault(address, error);
    }
  };
  return {
    address,
    read: (request, signal) => line.queue.add(() => exchange(request, signal)),
    close: () => lane.release(),
  };
}

function converse(
  line: Line,
  socket: net.Socket,
  codec: FrameCodec,
  request: RegisterRequest,
  deadline: AbortSignal,
): Promise<RegisterResult> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      socket.off('data', take).off('error', fail).off('close', gone);
      deadline.removeEventListener('abort', expire);
      settle();
    };
    const fail = (error: Error) => end(() => reject(error));
    const gone = () => fail(Object.assign(new Error('connection closed'), { code: 'ECONNRESET' }));
    const expire = () => end(() => reject(deadline.reason));
    const take = (bytes: Buffer) => {
      line.pending = Buffer.concat([line.pending, bytes]).subarray(-MAX_PENDING);
      for (;;) {
        const length = codec.frameLength(line.pending);
        if (length === undefined || length > line.pending.length) return;
        const frame = line.pending.subarray(0, Math.max(1, length));
        line.pending = line.pending.subarray(frame.length);
        if (length === 0) continue;
        const answer = codec.answer?.(frame);
        if (answer) socket.write(answer);
        const result = codec.decode(frame, request);
        if (result) return end(() => resolve(result));
      }
    };
    if (deadline.aborted) return reject(deadline.reason);
    deadline.addEventListener('abort', expire, { once: true });
    socket.on('data', take).on('error', fail).on('close', gone);
    socket.write(codec.encode(request));
  });
}
