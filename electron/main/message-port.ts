import type { MessagePortMain } from 'electron';
import type { Port } from '#shared/rpc/contract.ts';

export function portOf(channel: MessagePortMain): Port {
  channel.start();
  return {
    post: (message) => channel.postMessage(message),
    onMessage(listener) {
      const receive = (event: Electron.MessageEvent) => listener(event.data);
      channel.on('message', receive);
      return () => channel.off('message', receive);
    },
    onClose(listener) {
      channel.on('close', listener);
      return () => channel.off('close', listener);
    },
    close: () => channel.close(),
  };
}
