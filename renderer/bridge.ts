import { PortHandOver } from '#shared/contract/shell.ts';
import type { Port } from '#shared/rpc/contract.ts';
import { messagePort, socketPort } from './link/ports.ts';

/** Longest wait between two attempts to reach the engine, ms. */
const MAX_RETRY_MS = 8000;

const inShell = location.protocol === 'app:' || navigator.userAgent.includes('Electron/');

/** Gives a Port to the engine, and a new one after each loss, whichever host serves this page. */
export function watchEngine(onPort: (port: Port) => void, onShell: (port: Port) => void): void {
  if (inShell) watchShell(onPort, onShell);
  else watchSocket(onPort);
}

function watchShell(onPort: (port: Port) => void, onShell: (port: Port) => void) {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || !port) return;
    const handOver = PortHandOver.safeParse(event.data);
    if (!handOver.success) return;
    if (handOver.data.port === 'engine') onPort(messagePort(port));
    else onShell(messagePort(port));
  });
}

function watchSocket(onPort: (port: Port) => void, retryMs = 500) {
  const url = new URL('/port', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  let nextMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  socket.addEventListener('open', () => {
    nextMs = 500;
    onPort(socketPort(socket));
  });
  socket.addEventListener('close', () => setTimeout(() => watchSocket(onPort, nextMs), retryMs));
}
