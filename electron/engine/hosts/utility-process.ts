import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ToEngine, type FromEngine } from '#shared/contract/host.ts';
import type { Engine } from '#engine/engine-options.ts';
import { openEngine } from '#engine/open-engine.ts';
import { deviceSecret, openAccess, type Access } from './access/access.ts';
import { messagePort, type RawPort } from './message-port.ts';
import { createLog, recentLines } from '#engine/system/log.ts';

/** Electron's `process.parentPort` inside a utilityProcess. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: RawPort[] }) => void): void;
  postMessage(message: FromEngine): void;
}

const parent = (process as unknown as { parentPort: ParentPort }).parentPort;
const recent = recentLines();
const log = createLog(process.env['SPILLWAY_LOG'] ?? 'info', recent);
const say = (message: FromEngine) => parent.postMessage(message);

type StartMessage = Extract<ToEngine, { kind: 'start' }>;

let engine: Engine | undefined;
let access: Access | undefined;
let secrets: Record<string, string> = {};
/** Ports that came before the engine was there. */
const early: RawPort[] = [];

async function start({ dataDir, siteFile, simulated }: StartMessage) {
  access = openAccess({
    dataDir,
    rendererDir: join(import.meta.dirname, '../renderer'),
    log,
    secrets: () => secrets,
    keepSecret: (name, value) => say({ kind: 'keep-secret', name, value }),
    now: () => Date.now(),
  });
  const opened = await openEngine({
    dataDir,
    plannerWorker: join(dirname(fileURLToPath(import.meta.url)), 'planner-worker.js'),
    siteFile,
    simulated,
    switchTo: (site) => say({ kind: 'switch', site }),
    secret: (name) => deviceSecret(secrets, name),
    access: access.handlers,
    log,
    recentLog: recent.all,
    onStatus: say,
    onNotice: say,
  });
  if (opened.outcome === 'refused') return say({ kind: 'refused', message: opened.message });
  const started = opened.engine;
  engine = started;
  for (const port of early.splice(0)) started.serve(messagePort(port), 'local');
  say({ kind: 'ready' });
  await access.start({
    connect: (port, role) => started.serve(port, role),
    health: () => started.health(),
    scrape: () => started.scrape(),
  });
}

async function stop() {
  const [unconfirmed = []] = await Promise.all([engine?.stop(), access?.stop()]);
  engine = undefined;
  say({ kind: 'stopped', unconfirmed });
}

parent.on('message', ({ data, ports }) => {
  const parsed = ToEngine.safeParse(data);
  if (!parsed.success) return log.error({ problem: parsed.error.message }, 'a message of the shell was not understood');
  const message = parsed.data;
  switch (message.kind) {
    case 'start':
      secrets = message.secrets;
      return void start(message);
    case 'port':
      for (const port of ports) {
        if (engine) engine.serve(messagePort(port), 'local');
        else early.push(port);
      }
      return;
    case 'secrets':
      secrets = message.secrets;
      return;
    case 'suspend':
      return engine?.suspend();
    case 'resume':
      return engine?.resume();
    case 'stop-mining':
      return engine?.changeWish({ stopped: true });
    case 'resume-mining':
      return engine?.changeWish({ stopped: false, pauseUntilMs: undefined });
    case 'mode':
      return void engine?.setMode(message.mode);
    case 'stop':
      return void stop();
  }
});

process.on('uncaughtException', (cause) => {
  log.error({ err: cause }, 'the engine failed; its supervisor starts it again');
  // Leases end by themselves; a process in an unknown state must not go on commanding.
  process.exit(1);
});
