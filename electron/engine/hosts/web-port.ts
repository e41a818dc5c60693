import type { WebSocket } from 'ws';
import type { Port } from '#shared/rpc/contract.ts';

/** A reader that takes nothing for so long that this much waits is gone or broken, bytes. */
const MAX_WAITING = 8 * 1024 * 1024;
/** WebSocket close codes (RFC 6455 7.4.1). */
const INVALID_DATA = 1007;

/** A browser's WebSocket as a Port: one JSON text a message. */
export function webSocketPort(socket: WebSocket): Port {
  const listeners = new Set<(message: unknown) => void>();
  const closers = new Set<() => void>();
  socket.on('message', (data, isBinary) => {
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
