import type { PortHandOver } from '#shared/contract/shell.ts';
import type { Port } from '#shared/rpc/contract.ts';
import { tellHostWord } from './link/host-word.ts';
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
    const { kind, port: which } = (event.data ?? {}) as Partial<PortHandOver>;
    if (kind !== 'spillway-port') return;
    if (which === 'engine') onPort(messagePort(port));
    else if (which === 'shell') onShell(messagePort(port));
  });
}

/** WebSocket close code of a host that ends in order (RFC 6455 7.4.1). */
const GOING_AWAY = 1001;

function watchSocket(onPort: (port: Port) => void, retryMs = 500) {
  const url = new URL('/port', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  let nextMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  let opened = false;
  socket.addEventListener('open', () => {
    opened = true;
    nextMs = 500;
    tellHostWord(undefined);
    onPort(socketPort(socket));
  });
  socket.addEventListener('close', ({ code }) => {
    if (code === GOING_AWAY) tellHostWord({ state: 'ended' });
    else if (!opened) void isSignedOut().then((out) => out && signInAgain());
    setTimeout(() => watchSocket(onPort, nextMs), retryMs);
  });
}

/** From the network by the login page; on its own computer by the address that the terminal shows. */
function signInAgain() {
  if (location.protocol === 'https:') location.replace(`/login${location.hash}`);
  else tellHostWord({ state: 'signed-out' });
}

/** A socket that is refused does not say why; the page's own address does. */
const isSignedOut = (): Promise<boolean> =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ status }) => status === 401,
    () => false,
  );
