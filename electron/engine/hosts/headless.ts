import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog } from '#engine/system/log.ts';
import { parseArguments, type HeadlessOptions } from './arguments.ts';
import { defaultDataDir } from './data-dir.ts';
import { openEngine } from '#engine/open-engine.ts';
import { forkSimulator, type SimulatorChild } from './simulator-child.ts';
import { VERSION } from '#engine/version.ts';
import { startWeb } from './web.ts';

/** Loads get so long to confirm that they are safe, ms; then they are named. */
const QUIT_MS = 10_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(message: string): never {
  process.stderr.write(`spillway: ${message}\n`);
  process.exit(1);
}

/** Headless secrets: a JSON file `secrets.json` of mode 0600 in the data folder, name to value. */
async function readSecrets(dataDir: string): Promise<Record<string, string>> {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) return {};
  // Windows keeps access in lists, not in these bits.
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    return fail(`${path} can be read by others; run: chmod 600 ${path}`);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  } catch (cause) {
    return fail(`${path} cannot be read as JSON: ${(cause as Error).message}`);
  }
}

async function run({ source, dataDir, port, restore }: HeadlessOptions) {
  const log = createLog(process.env['SPILLWAY_LOG'] ?? 'warn');
  await mkdir(dataDir, { recursive: true });
  const secrets = await readSecrets(dataDir);
  const here = dirname(fileURLToPath(import.meta.url));
  const built = !import.meta.url.endsWith('.ts');
  const simulator: SimulatorChild | undefined =
    source.kind === 'simulated'
      ? await forkSimulator(
          join(here, built ? 'simulator-process.js' : 'simulator-process.ts'),
          { ...source, dataDir },
          log,
        ).catch((cause: unknown) => fail((cause as Error).message))
      : undefined;

  const opened = await openEngine({
    dataDir,
    restore,
    ...(source.kind === 'file' ? { siteFile: source.path } : {}),
    ...(simulator ? { simulated: simulator.simulated } : {}),
    secret: (name) => secrets[name],
    log,
    onStatus: () => {},
    onNotice: (notice) => say(`${notice.level}: ${notice.body}`),
  });
  if (opened.outcome === 'refused') {
    simulator?.stop();
    fail(opened.message);
  }
  const { engine } = opened;
  const web = await startWeb({
    rendererDir: join(here, built ? '../renderer' : '../../../out/renderer'),
    port,
    version: VERSION,
    connect: (end) => engine.serve(end),
    health: () => engine.health(),
    random: () => randomBytes(24).toString('base64url'),
  }).catch(async (cause: unknown) => {
    await engine.stop();
    simulator?.stop();
    return fail((cause as Error).message);
  });
  say(`Spillway ${VERSION} is running. Open ${web.url}`);

  let quitting = false;
  const quit = async () => {
    if (quitting) return;
    quitting = true;
    const deadline = setTimeout(() => process.exit(1), QUIT_MS + 2_000);
    const unconfirmed = await engine.stop();
    await web.close();
    simulator?.stop();
    for (const name of unconfirmed) say(`${name} did not confirm that it stopped. Switch it off at its plug.`);
    clearTimeout(deadline);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void quit());
}

const parsed = parseArguments(
  process.argv.slice(2),
  { dataDir: defaultDataDir(process.platform, process.env, homedir()) },
  existsSync,
);
if (parsed.outcome === 'help') say(parsed.text);
else if (parsed.outcome === 'refused') fail(parsed.message);
else await run(parsed.options);
