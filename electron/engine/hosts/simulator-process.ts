import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type FromSimulator, type SimulatedSite, SimulatedSiteName, ToSimulator } from '#shared/contract/host.ts';
import { type Simulator, startSimulator } from '#engine/simulator/serve.ts';
import { SITES } from '#engine/simulator/site.ts';
import { nextStartMs, recall, remember } from '#engine/simulator/start-time.ts';
import { siteClock } from '#engine/system/clock.ts';

/** Electron's utilityProcess has a parentPort, a forked Node process has send, and a terminal has neither. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}
const parentPort = (process as { parentPort?: ParentPort }).parentPort;

const REMEMBER_MS = 10_000;

function reply(message: FromSimulator | { kind: 'truth'; truth: unknown }): void {
  if (parentPort) parentPort.postMessage(message);
  else if (process.send) {
    if (process.connected) process.send(message);
  } else process.stdout.write(`${JSON.stringify(message)}\n`);
}

let running: { simulator: Simulator; stop(): Promise<void> } | undefined;

async function start(order: Extract<ToSimulator, { kind: 'start' }>): Promise<SimulatedSite> {
  const { site: name, speed, dataDir, resumed } = order;
  const memory = await recall(dataDir, name);
  const wallMs = Date.now();
  const clock = resumed?.clock ?? { wallMs, siteMs: nextStartMs(SITES[name].timeZone, wallMs, memory?.siteMs), speed };
  const simulator = await startSimulator({
    name,
    clock,
    ...(resumed ? { resumed: resumed.site, ...(memory ? { socPercent: memory.socPercent } : {}) } : {}),
  });

  const save = () => {
    const { atMs, socPercent } = simulator.truth().plant;
    return remember(dataDir, name, { siteMs: atMs, socPercent });
  };
  const ending = new AbortController();
  const saving = (async () => {
    const time = siteClock(clock);
    while (!ending.signal.aborted) {
      await save();
      await time.sleep(REMEMBER_MS * clock.speed, ending.signal).catch(() => {});
    }
  })();
  running = {
    simulator,
    async stop() {
      ending.abort();
      await saving;
      await save();
      await simulator.close();
    },
  };
  return { name, site: simulator.site, clock };
}

async function obey(message: unknown): Promise<void> {
  if (isTruthQuestion(message)) return reply({ kind: 'truth', truth: running?.simulator.truth() });
  const order = ToSimulator.parse(message);
  if (order.kind === 'start') return reply({ kind: 'ready', simulated: await start(order) });
  await running?.stop();
  running = undefined;
  reply({ kind: 'stopped' });
  process.exit(0);
}

/** Tests ask what is so, to compare it with what the app made of it. */
const isTruthQuestion = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'truth';

if (parentPort) parentPort.on('message', ({ data }) => void obey(data));
else if (process.send) {
  process.on('message', (message) => void obey(message));
  process.on('disconnect', () => void obey({ kind: 'stop' }));
} else {
  const { values } = parseArgs({
    options: {
      site: { type: 'string', default: 'home' },
      speed: { type: 'string', default: '1' },
      data: { type: 'string', default: join(tmpdir(), 'spillway-simulator') },
    },
  });
  void obey({
    kind: 'start',
    site: SimulatedSiteName.parse(values.site),
    speed: Number(values.speed),
    dataDir: values.data,
  });
  createInterface({ input: process.stdin }).on('line', (line) => void obey({ kind: line.trim() }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void obey({ kind: 'stop' }));
}
