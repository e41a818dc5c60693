import type { Port } from '#shared/rpc/contract.ts';

/** The part of Electron's MessagePortMain that the engine uses: the engine does not know Electron. */
export interface RawPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  off(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** Wraps one end of a MessageChannelMain as a Port. */
export function messagePort(raw: RawPort): Port {
  raw.start();
  return {
    post: (message) => raw.postMessage(message),
    onMessage(listener) {
      const relay = (event: { data: unknown }) => listener(event.data);
      raw.on('message', relay);
      return () => void raw.off('message', relay);
    },
    onClose: (listener) => {
      let listening = true;
      raw.on('close', () => listening && listener());
      return () => void (listening = false);
    },
    close: () => raw.close(),
  };
}
