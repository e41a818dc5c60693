import { parseArgs } from 'node:util';
import { LOAD_SET_IDS, type LoadSetId } from './loads.ts';
import { POLICY_IDS, type PolicyId } from './policy.ts';
import { SITE_IDS, type SiteId } from './sites.ts';

export interface Options {
  traces: string;
  json?: string;
  plot?: string;
  log?: string;
  quick: boolean;
  pairs: readonly Pair[];
  policies: readonly PolicyId[];
  /** Trace ids; empty: all. */
  only: readonly string[];
  jobs: number;
}

export interface Pair {
  site: SiteId;
  load: LoadSetId;
}

export class UsageError extends Error {}

export const USAGE = `npm run bench:control -- [options]
  --traces DIR     folder with traces.json (default: the project's own days)
  --only LIST      S1/L1, S1 or L1, separated by commas
  --policies LIST  of ${POLICY_IDS.join(', ')}
  --days LIST      trace ids, separated by commas
  --quick          sites S1, S2, S4 and S6 on load L1, three days, without oracle12
  --json FILE      all rows and means
  --plot DIR       one picture per trace
  --log DIR        one CSV per run, a row a second
  --jobs N         worker threads (default 2)`;

const QUICK_SITES: readonly SiteId[] = ['S1', 'S2', 'S4', 'S6'];
const QUICK_POLICIES: readonly PolicyId[] = POLICY_IDS.filter((id) => id !== 'oracle12');
export const QUICK_DAYS = 3;
export const QUICK_LEAVES_OUT =
  'Quick: the first three days on S1, S2, S4, S6 with L1 only; no S3, S5, S7, no L2, L3, no oracle12, none of the other days. Its means are no benchmark.';

export function parseOptions(args: readonly string[], ownTraces: string): Options {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        traces: { type: 'string' },
        json: { type: 'string' },
        plot: { type: 'string' },
        log: { type: 'string' },
        only: { type: 'string' },
        policies: { type: 'string' },
        days: { type: 'string' },
        quick: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '2' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  if (values.help) throw new UsageError('');
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw new UsageError('--jobs: give a whole number from 1 to 64.');
  const quick = values.quick;
  return {
    traces: values.traces ?? ownTraces,
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.plot === undefined ? {} : { plot: values.plot }),
    ...(values.log === undefined ? {} : { log: values.log }),
    quick,
    pairs: parsePairs(values.only ?? (quick ? QUICK_SITES.map((site) => `${site}/L1`).join(',') : '')),
    policies: values.policies === undefined ? (quick ? QUICK_POLICIES : POLICY_IDS) : parsePolicies(values.policies),
    only: values.days === undefined ? [] : values.days.split(','),
    jobs,
  };
}

export function parsePairs(list: string): Pair[] {
  const all = SITE_IDS.flatMap((site) => LOAD_SET_IDS.map((load) => ({ site, load })));
  if (list === '') return all;
  const parts = list.split(',').map((part) => part.trim());
  for (const part of parts)
    if (!all.some((pair) => matches(pair, part)))
      throw new UsageError(`--only: ${part} is no site, load or pair such as S1/L1.`);
  return all.filter((pair) => parts.some((part) => matches(pair, part)));
}

const matches = ({ site, load }: Pair, part: string): boolean =>
  part === site || part === load || part === `${site}/${load}`;

function parsePolicies(list: string): PolicyId[] {
  return list.split(',').map((name) => {
    const found = POLICY_IDS.find((id) => id === name.trim());
    if (found === undefined) throw new UsageError(`--policies: ${name} is none of ${POLICY_IDS.join(', ')}.`);
    return found;
  });
}
