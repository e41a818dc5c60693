import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOAD_SET_IDS } from './loads.ts';
import { drawDay } from './plot.ts';
import { checklist, checklistText } from './checklist.ts';
import { stepP99Ms } from './step-time.ts';
import { parseOptions, QUICK_DAYS, QUICK_LEAVES_OUT, USAGE, UsageError, type Options } from './options.ts';
import { POLICY_IDS } from './policy.ts';
import type { Row } from './run.ts';
import { SITE_IDS } from './sites.ts';
import { meansOf, tableOf } from './table.ts';
import { readTraces, TraceError, type Trace } from './traces.ts';
import { runTasks, type Outcome, type Task } from './work.ts';

const OWN_TRACES = fileURLToPath(new URL('./traces', import.meta.url));

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args, OWN_TRACES);
  const traces = readTraces(options.traces);
  for (const id of options.only)
    if (!traces.some((trace) => trace.id === id))
      throw new UsageError(`--days: there is no ${id} in ${options.traces}.`);
  const chosen = traces.filter((trace) => options.only.length === 0 || options.only.includes(trace.id));
  const days = options.quick && options.only.length === 0 ? chosen.slice(0, QUICK_DAYS) : chosen;
  for (const directory of [options.plot, options.log])
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
  if (options.json !== undefined) mkdirSync(dirname(options.json), { recursive: true });

  if (options.quick) process.stdout.write(`${QUICK_LEAVES_OUT}\n`);
  const tasks: Task[] = LOAD_SET_IDS.flatMap((load) => {
    const sites = options.pairs.filter((pair) => pair.load === load).map((pair) => pair.site);
    return sites.length === 0 ? [] : days.map((trace) => ({ trace: trace.id, load, sites }));
  });
  const { rows: unordered, series } = await runAll(tasks, options);
  const rows = inOrder(unordered, days);
  const figures = meansOf(rows);
  const [first] = days;
  if (first !== undefined && options.policies.includes('spillway')) figures['spillway.step.p99Ms'] = stepP99Ms(first);
  process.stdout.write(`${tableOf(rows, figures)}\n\n${checklistText(checklist(figures, rows))}\n`);
  if (options.plot !== undefined)
    for (const { id } of days)
      writeFileSync(
        join(options.plot, `${id}.svg`),
        drawDay(
          id,
          series.filter((other) => other.trace === id),
        ),
      );
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ figures, rows }, undefined, 1)}\n`);
}

async function runAll(tasks: readonly Task[], { traces, policies, log, plot, jobs }: Options): Promise<Outcome> {
  const startedMs = performance.now();
  let done = 0;
  const setup = { traces, policies, plot: plot !== undefined, ...(log === undefined ? {} : { log }) };
  const outcome = await runTasks(tasks, setup, jobs, () => {
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${tasks.length}`);
  });
  const seconds = (performance.now() - startedMs) / 1000;
  process.stdout.write(`${outcome.rows.length} runs in ${seconds.toFixed(0)} s on ${jobs} threads.\n`);
  return outcome;
}

function inOrder(rows: readonly Row[], days: readonly Trace[]): Row[] {
  const place = (row: Row) => [
    SITE_IDS.indexOf(row.site),
    LOAD_SET_IDS.indexOf(row.load),
    days.findIndex((trace) => trace.id === row.trace),
    POLICY_IDS.indexOf(row.policy),
  ];
  return rows.toSorted((a, b) => {
    const other = place(b);
    return place(a).reduce((order, value, at) => order || value - (other[at] ?? 0), 0);
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof UsageError || error instanceof TraceError;
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(`${USAGE}\n`);
  process.exitCode = 1;
}
