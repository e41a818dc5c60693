import { parseArgs } from 'node:util';
import { Resolution } from '#shared/ledger.ts';
import { StoryId } from '#shared/plan.ts';

interface Where {
  dataDir: string;
  /** Absent: `site.json` in the folder. */
  siteFile: string | undefined;
  json: boolean;
}
export type Command = Where &
  (
    | { verb: 'status' | 'devices' | 'backup' }
    | { verb: 'plan'; story: StoryId | undefined; futures: number }
    | { verb: 'export'; fromMs: number; toMs: number; resolution: Resolution; out: string | undefined }
  );

export type Parsed =
  | { outcome: 'ok'; command: Command }
  | { outcome: 'help'; text: string }
  | { outcome: 'refused'; message: string };

const HELP = `spillway: runs loads on the renewable energy that has nowhere else to go.

  spillway run       the engine and its dashboard on this computer (spillway run --help)
  spillway status    what is produced, left over, drawn and why; today's sums
  spillway devices   every device and load with its state
  spillway plan      works out a year of mining at this site; --story NAME instead, --futures N
  spillway export    the ledger as a table: --from DAY --to DAY (YYYY-MM-DD, UTC; default: the last 31 days),
                     --resolution slot|hour|day|month (default day), --out FILE
  spillway backup    copies the ledger aside and checks the copy

  --data DIR         folder of the engine (default: as spillway run)
  --site-file FILE   the site, where it is not site.json in that folder
  --json             for programs: JSON, null is unknown
  --help             this text

Ends with 0: done; 1: it failed; 2: not understood; 3: no engine runs (status and
  devices show what it left, plan needs one; export and backup do without).`;

const VERBS = ['status', 'devices', 'plan', 'export', 'backup'] as const;
const DAY_MS = 86_400_000;
const OPTIONS = {
  data: { type: 'string' },
  'site-file': { type: 'string' },
  json: { type: 'boolean' },
  story: { type: 'string' },
  futures: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  resolution: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
/** Which options belong to one command alone. */
const OF = {
  story: 'plan',
  futures: 'plan',
  from: 'export',
  to: 'export',
  resolution: 'export',
  out: 'export',
} as const;

export function parseCommand(argv: readonly string[], defaults: { dataDir: string; nowMs: number }): Parsed {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
  } catch (cause) {
    return refused(`${(cause as Error).message}. See spillway --help.`);
  }
  const { values, positionals } = parsed;
  if (values.help || positionals.length === 0) return { outcome: 'help', text: HELP };
  const verb = VERBS.find((each) => each === positionals[0]);
  if (!verb || positionals.length > 1)
    return refused(`There is no command "${positionals.join(' ')}": use run, ${VERBS.join(', ')}.`);
  for (const [option, of] of Object.entries(OF))
    if (of !== verb && values[option as keyof typeof OF] !== undefined)
      return refused(`--${option} belongs to spillway ${of}.`);
  const where: Where = {
    dataDir: values.data ?? defaults.dataDir,
    siteFile: values['site-file'],
    json: values.json ?? false,
  };
  if (verb === 'plan') {
    const story = StoryId.optional().safeParse(values.story);
    if (!story.success) return refused(`--story ${values.story}: use one of ${StoryId.options.join(', ')}.`);
    const futures = Number(values.futures ?? 1000);
    if (!Number.isInteger(futures) || futures < 1 || futures > 10_000)
      return refused(`--futures ${values.futures}: use a whole number from 1 to 10000.`);
    return { outcome: 'ok', command: { ...where, verb, story: story.data, futures } };
  }
  if (verb !== 'export') return { outcome: 'ok', command: { ...where, verb } };
  const toMs = values.to === undefined ? defaults.nowMs : dayStart(values.to, 1);
  const fromMs = values.from === undefined ? (toMs ?? 0) - 31 * DAY_MS : dayStart(values.from, 0);
  if (fromMs === undefined || toMs === undefined || fromMs >= toMs)
    return refused('--from and --to: use days like 2026-06-21, the first before the last.');
  const resolution = Resolution.safeParse(values.resolution ?? 'day');
  if (!resolution.success)
    return refused(`--resolution ${values.resolution}: use one of ${Resolution.options.join(', ')}.`);
  return { outcome: 'ok', command: { ...where, verb, fromMs, toMs, resolution: resolution.data, out: values.out } };
}

function dayStart(text: string, plusDays: number): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms + plusDays * DAY_MS;
}

const refused = (message: string): Parsed => ({ outcome: 'refused', message });
