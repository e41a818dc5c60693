import type { Port } from '#shared/rpc/contract.ts';

/** A Port on a MessagePort; the far end's death closes it. */
export function messagePort(port: MessagePort): Port {
  const stops = new Set<() => void>();
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      const receive = (event: MessageEvent) => listener(event.data);
      port.addEventListener('message', receive);
      return () => port.removeEventListener('message', receive);
    },
    onClose(listener) {
      stops.add(listener);
      port.addEventListener('close', listener);
      return () => {
        stops.delete(listener);
        port.removeEventListener('close', listener);
      };
    },
    close() {
      port.close();
      // Closing one's own end fires no event on it.
      for (const stop of stops) stop();
    },
  };
}

export function socketPort(socket: WebSocket): Port {
  return {
    post(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      const receive = (event: MessageEvent<string>) => listener(JSON.parse(event.data));
      socket.addEventListener('message', receive);
      return () => socket.removeEventListener('message', receive);
    },
    onClose(listener) {
      socket.addEventListener('close', listener);
      return () => socket.removeEventListener('close', listener);
    },
    close: () => socket.close(),
  };
}
