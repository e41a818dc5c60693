import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SimulatedSiteName } from '#shared/contract/host.ts';

export interface HeadlessOptions {
  /** A simulated site, or the owner's own site file. */
  source: { kind: 'simulated'; name: SimulatedSiteName; speed: number } | { kind: 'file'; path: string };
  dataDir: string;
  /** 0: any free port. */
  port: number;
  /** A damaged database is replaced by its newest good backup. */
  restore: boolean;
}

export type Arguments =
  | { outcome: 'run'; options: HeadlessOptions }
  | { outcome: 'help'; text: string }
  | { outcome: 'refused'; message: string };

const HELP = `Spillway without a window: the engine and its dashboard on this computer.

  --site home|farm|stream   run a simulated site (default: your own site if there is one, else home)
  --speed N                 scale the simulated site's clock, 1 to 240 (default 1)
  --site-file FILE          run the site described in FILE
  --data DIR                keep database and site file in DIR
  --port N                  port of the dashboard on 127.0.0.1 (default 8472, 0 = any)
  --restore                 put the newest good backup in the place of a damaged database
  --help                    this text`;

const DEFAULT_PORT = 8472;

/** Fastest clock the loopback devices keep up with on a small machine. */
const MAX_SPEED = 240;

/** @param hasOwnSite whether `site.json` is there in the folder */
export function parseArguments(
  argv: readonly string[],
  defaults: { dataDir: string },
  hasOwnSite: (path: string) => boolean,
): Arguments {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        headless: { type: 'boolean' },
        site: { type: 'string' },
        speed: { type: 'string' },
        'site-file': { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        restore: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (cause) {
    return refused(`${(cause as Error).message}. See --help.`);
  }
  if (values['help']) return { outcome: 'help', text: HELP };
  if (values['site'] !== undefined && values['site-file'] !== undefined)
    return refused('Give --site or --site-file, not both.');

  const port = number(values['port'], DEFAULT_PORT);
  if (port === undefined || !Number.isInteger(port) || port < 0 || port > 65535)
    return refused(`--port ${String(values['port'])}: use a whole number from 0 to 65535.`);
  const dataDir = text(values['data']) ?? defaults.dataDir;

  const restore = values['restore'] === true;
  const own = text(values['site-file']) ?? join(dataDir, 'site.json');
  if (values['site-file'] !== undefined || (values['site'] === undefined && hasOwnSite(own))) {
    if (values['speed'] !== undefined) return refused('--speed is for simulated sites: a real site has a real clock.');
    return { outcome: 'run', options: { source: { kind: 'file', path: own }, dataDir, port, restore } };
  }
  const name = SimulatedSiteName.safeParse(values['site'] ?? 'home');
  if (!name.success) return refused(`--site ${String(values['site'])}: use home, farm or stream.`);
  const speed = number(values['speed'], 1);
  if (speed === undefined || !(speed >= 1 && speed <= MAX_SPEED))
    return refused(`--speed ${String(values['speed'])}: use a number from 1 to ${MAX_SPEED}.`);
  return { outcome: 'run', options: { source: { kind: 'simulated', name: name.data, speed }, dataDir, port, restore } };
}

const refused = (message: string): Arguments => ({ outcome: 'refused', message });

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function number(value: string | boolean | undefined, fallback: number): number | undefined {
  if (value === undefined) return fallback;
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}
