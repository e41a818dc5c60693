// What the command line asks of the shell. Pure.
import { SimulatedSiteName } from '#shared/contract/host.ts';

export type SiteChoice =
  | { kind: 'simulated'; site: SimulatedSiteName; speed: number }
  | { kind: 'file'; siteFile: string };

export type LaunchOptions =
  | { outcome: 'ok'; choice?: SiteChoice; dataDir?: string }
  | { outcome: 'refused'; message: string };

/** Fastest clock the loopback devices keep up with on a small machine. */
const MAX_SPEED = 240;

/** `--name value` and `--name=value`; what Electron and Chromium understand themselves is left alone. */
export function readLaunchOptions(argv: readonly string[]): LaunchOptions {
  const option = (name: string) => {
    const index = argv.findIndex((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
    const [, joined] = argv[index]?.split(/=(.*)/s) ?? [];
    return index < 0 ? undefined : (joined ?? argv[index + 1] ?? '');
  };
  const dataDir = option('data');
  if (dataDir === '') return { outcome: 'refused', message: '--data needs the path of a folder.' };
  const where = dataDir === undefined ? {} : { dataDir };
  const siteFile = option('site-file');
  if (siteFile === '') return { outcome: 'refused', message: '--site-file needs the path of a site file.' };
  if (siteFile !== undefined) return { outcome: 'ok', choice: { kind: 'file', siteFile }, ...where };

  const speed = Number(option('speed') ?? 1);
  if (!(speed >= 1 && speed <= MAX_SPEED)) {
    return { outcome: 'refused', message: `--speed ${option('speed')}: use a number from 1 to ${MAX_SPEED}.` };
  }
  const named = option('site');
  const site = SimulatedSiteName.safeParse(named ?? 'home');
  if (!site.success) {
    return { outcome: 'refused', message: `--site ${named}: use ${SimulatedSiteName.options.join(', ')}.` };
  }
  const asked = named !== undefined || option('speed') !== undefined;
  return asked
    ? { outcome: 'ok', choice: { kind: 'simulated', site: site.data, speed }, ...where }
    : { outcome: 'ok', ...where };
}
