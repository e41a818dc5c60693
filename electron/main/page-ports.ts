import { ipcMain, MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { PortHandOver } from '#shared/contract/shell.ts';
import { isOurs } from './page-address.ts';

export interface PagePorts {
  /** The engine is there (again): every page gets a new Port to it. */
  engineIsThere(): void;
  engineIsGone(): void;
}

/** Hands each page its two Ports when its preload asks, and a new engine Port after each restart. */
export function handOutPorts(
  toEngine: (port: MessagePortMain) => void,
  toShell: (port: MessagePortMain) => void,
): PagePorts {
  const pages = new Set<WebContents>();
  let engineThere = false;

  function give(page: WebContents, port: PortHandOver['port']) {
    const { port1, port2 } = new MessageChannelMain();
    (port === 'engine' ? toEngine : toShell)(port1);
    page.postMessage('port', { kind: 'spillway-port', port } satisfies PortHandOver, [port2]);
  }

  ipcMain.on('ports', ({ sender, senderFrame }) => {
    if (!senderFrame || senderFrame !== sender.mainFrame || !isOurs(senderFrame.url)) return;
    if (!pages.has(sender)) sender.once('destroyed', () => pages.delete(sender));
    pages.add(sender);
    give(sender, 'shell');
    if (engineThere) give(sender, 'engine');
  });

  return {
    engineIsThere() {
      engineThere = true;
      for (const page of pages) give(page, 'engine');
    },
    engineIsGone() {
      engineThere = false;
    },
  };
}
