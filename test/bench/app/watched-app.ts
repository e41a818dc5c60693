import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs in the page from its first moment: notes when `seen` first holds and is painted, and the scripts asked for by then. */
const watchFor = (seen: string) => `{
  const look = () => {
    if (!(${seen})) return requestAnimationFrame(look);
    window.seenScripts = [...document.querySelectorAll('script[src], link[rel=modulepreload]')].map((e) => e.src || e.href);
    requestAnimationFrame(() => { window.seenAtMs = performance.timeOrigin + performance.now(); });
  };
  requestAnimationFrame(look);
}`;

interface CdpMessage {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: { sessionId: string; targetInfo: { type: string } };
  result?: { result?: { value?: unknown } };
}

export interface WatchedApp {
  pid: number;
  /** From the start of the process to the painted frame, ms. */
  seenAfterMs: number;
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts an Electron and waits until `seen` (an expression of the page) holds, watched over Chromium's own protocol. */
export async function startWatched(
  executable: string,
  args: string[],
  seen: string,
  limitMs = 60_000,
): Promise<WatchedApp> {
  const profile = await mkdtemp(join(tmpdir(), 'spillway-bench-'));
  const flags = ['--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const startedAtMs = Date.now();
  const child = spawn(executable, [...flags, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const close = async () => {
    const exited = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill();
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const evaluate = await attach(await debuggerAddress(child), watchFor(seen));
    for (const deadlineMs = Date.now() + limitMs; ;) {
      const seenAtMs = await evaluate('window.seenAtMs');
      if (typeof seenAtMs === 'number')
        return { pid: child.pid!, seenAfterMs: seenAtMs - startedAtMs, evaluate, close };
      if (Date.now() > deadlineMs) throw new Error(`${executable} showed nothing within ${limitMs / 1000} s.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } catch (cause) {
    await close();
    throw cause;
  }
}

function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const address = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`Electron ended with code ${code}:\n${output.slice(-2000)}`)));
  });
}

/** Attaches to the first page before its first line runs. @returns evaluates in that page */
async function attach(address: string, script: string): Promise<WatchedApp['evaluate']> {
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  let lastId = 0;
  const answers = new Map<number, (message: CdpMessage) => void>();
  const send = (method: string, params: object, sessionId?: string) => {
    const id = ++lastId;
    socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    return new Promise<CdpMessage>((resolve) => answers.set(id, resolve));
  };
  const session = new Promise<string>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as CdpMessage;
      if (message.id !== undefined) answers.get(message.id)?.(message);
      if (message.method !== 'Target.attachedToTarget' || !message.params) return;
      const { sessionId, targetInfo } = message.params;
      if (targetInfo.type === 'page') {
        void send('Page.enable', {}, sessionId);
        void send('Page.addScriptToEvaluateOnNewDocument', { source: script, runImmediately: true }, sessionId);
        resolve(sessionId);
      }
      void send('Runtime.runIfWaitingForDebugger', {}, sessionId);
    });
  });
  await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  const page = await session;
  return async (expression) => {
    const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true }, page);
    return answer.result?.result?.value;
  };
}
