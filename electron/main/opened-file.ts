// What a site file asks for before it is used. Pure.
import type { Site } from '#shared/site.ts';

/** As in electron-builder.config.mjs: only files of this name are ours to open. */
const ENDING = '.spillway';

/** The site file among the arguments of a start; the value of an option is none. */
export function siteFileIn(argv: readonly string[]): string | undefined {
  const own = argv.slice(1);
  return own.find((argument, i) => isSiteFile(argument) && !own[i - 1]?.startsWith('--site-file'));
}

const isSiteFile = (argument: string) => !argument.startsWith('-') && argument.toLowerCase().endsWith(ENDING);

/** Every command line that the site would run, as it would run. */
export function programsOf({ loads }: Pick<Site, 'loads'>): string[] {
  return loads.flatMap(({ connection }) => {
    if (connection.transport !== 'process') return [];
    const { start, stop, running, busy, nvidiaSmi, gpu } = connection;
    const lines = [start, stop, running, busy].flatMap((argv) => (argv ? [argv.join(' ')] : []));
    return gpu === undefined ? lines : [...lines, nvidiaSmi];
  });
}
