import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog, recentLines } from '#engine/system/log.ts';
import { parseArguments, type HeadlessOptions } from './arguments.ts';
import { defaultDataDir } from './data-dir.ts';
import { openEngine } from '#engine/open-engine.ts';
import { forkSimulator } from './simulator-child.ts';
import { runSites } from './site-runner.ts';
import { VERSION } from '#engine/version.ts';
import { deviceSecret, openAccess, random } from './access/access.ts';
import { COMMAND_SESSION, removeEngineFile, writeEngineFile } from './command/engine-file.ts';
import { openSecretsFile } from './secrets-file.ts';
import { startLoopback } from './web-loopback.ts';

/** Loads get so long to confirm that they are safe, ms; then they are named. */
const QUIT_MS = 10_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(message: string): never {
  process.stderr.write(`spillway: ${message}\n`);
  process.exit(1);
}

/** @param entry address of the module that was started: the built files lie beside it */
async function run({ source, dataDir, port, restore }: HeadlessOptions, entry: string) {
  const recent = recentLines();
  const log = createLog(process.env['SPILLWAY_LOG'] ?? 'warn', recent);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const secrets = await openSecretsFile(dataDir).catch((cause: unknown) => fail((cause as Error).message));
  const here = dirname(fileURLToPath(entry));
  const built = !entry.endsWith('.ts');
  const rendererDir = join(here, built ? '../renderer' : '../../../out/renderer');
  const now = () => Date.now();
  const access = openAccess({
    dataDir,
    rendererDir,
    log,
    secrets: secrets.all,
    keepSecret(name, value) {
      secrets.save(name, value).catch((cause: unknown) => log.error({ err: cause }, 'a secret was not kept'));
    },
    now,
  });
  const siteFile = source.kind === 'file' ? source.path : join(dataDir, 'site.json');
  const started = await runSites({
    first: source,
    siteFile,
    simulate: (simulated) =>
      forkSimulator(
        join(here, built ? 'simulator-process.js' : 'simulator-process.ts'),
        { ...simulated, dataDir },
        log,
      ),
    open: (simulator, switchTo) =>
      openEngine({
        dataDir,
        siteFile,
        simulated: simulator?.simulated,
        restore,
        plannerWorker: join(here, built ? 'planner-worker.js' : 'planner-worker.ts'),
        secret: (name) => deviceSecret(secrets.all(), name),
        saveSecret: secrets.save,
        access: access.handlers,
        switchTo,
        log,
        recentLog: recent.all,
        onStatus: () => {},
        onNotice: (notice) => say(`${notice.level}: ${notice.body}`),
      }),
    say,
  });
  if (started.outcome === 'refused') return fail(started.message);
  const { runner } = started;
  const served = { connect: runner.serve, health: runner.health, scrape: runner.scrape };
  const web = await startLoopback({
    ...served,
    rendererDir,
    port,
    version: VERSION,
    sessions: access.sessions,
    now,
    random,
  }).catch(async (cause: unknown) => {
    await runner.stop();
    return fail((cause as Error).message);
  });
  await access.start(served);
  access.sessions.end(({ role, name }) => role === 'local' && name === COMMAND_SESSION);
  const token = access.sessions.open('local', COMMAND_SESSION);
  await writeEngineFile(dataDir, { port: web.port, token }).catch((cause: unknown) =>
    log.warn({ err: cause }, 'spillway status and its like do not find this engine'),
  );
  say(`Spillway ${VERSION} is running. Open ${web.url}`);

  let quitting = false;
  const quit = async () => {
    if (quitting) return;
    quitting = true;
    const deadline = setTimeout(() => process.exit(1), QUIT_MS + 2_000);
    await removeEngineFile(dataDir);
    const unconfirmed = await runner.stop();
    await Promise.all([web.close(), access.stop()]);
    for (const name of unconfirmed) say(`${name} did not confirm that it stopped. Switch it off at its plug.`);
    clearTimeout(deadline);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void quit());
}

/** The engine with its dashboard, until a signal ends it. */
export async function runHeadless(argv: readonly string[], entry: string): Promise<void> {
  const dataDir = defaultDataDir(process.platform, process.env, homedir());
  const parsed = parseArguments(argv, { dataDir }, existsSync);
  if (parsed.outcome === 'help') say(parsed.text);
  else if (parsed.outcome === 'refused') fail(parsed.message);
  else await run(parsed.options, entry);
}
