import type { WebSocket } from 'ws';
import type { Port } from '#shared/rpc/contract.ts';

/** A reader that takes nothing for so long that this much waits is gone or broken, bytes. */
const MAX_WAITING = 8 * 1024 * 1024;
/** A page sends about ten messages when it opens and few after that. */
const MESSAGES_A_SECOND = 50;
const MESSAGES_AT_ONCE = 300;
/** WebSocket close codes (RFC 6455 7.4.1). */
const INVALID_DATA = 1007;
const POLICY_VIOLATION = 1008;

/** A browser's WebSocket as a Port: one JSON text a message. @param now wall clock, ms */
export function webSocketPort(socket: WebSocket, now: () => number): Port {
  let left = MESSAGES_AT_ONCE;
  let countedMs = now();
  const isFlood = () => {
    const atMs = now();
    const seconds = Math.max(0, atMs - countedMs) / 1000;
    left = Math.min(MESSAGES_AT_ONCE, left + seconds * MESSAGES_A_SECOND) - 1;
    countedMs = atMs;
    return left < 0;
  };
  const listeners = new Set<(message: unknown) => void>();
  const closers = new Set<() => void>();
  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    if (isFlood()) return socket.close(POLICY_VIOLATION, 'too many messages');
    let message: unknown;
    try {
      if (isBinary) throw new SyntaxError('binary');
      // Every message comes whole as one Buffer: the server's binaryType is not changed.
      message = JSON.parse((data as Buffer).toString('utf8'));
    } catch {
      return socket.close(INVALID_DATA, 'send JSON text');
    }
    for (const listener of listeners) listener(message);
  });
  socket.on('close', () => {
    for (const listener of closers) listener();
  });
  // What went wrong is told by the close that follows.
  socket.on('error', () => {});
  return {
    post(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_WAITING) return socket.terminate();
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClose(listener) {
      closers.add(listener);
      return () => closers.delete(listener);
    },
    close: () => socket.close(),
  };
}
