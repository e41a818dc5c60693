import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseOptions, QUICK_DAYS, USAGE, UsageError, type Options } from './options.ts';
import { factories } from './policies/all.ts';
import { loadStep } from './policies/spillway.ts';
import { POLICY_IDS } from './policy.ts';
import type { Row } from './run.ts';
import { meansOf, tableOf } from './table.ts';
import { readTraces, TraceError } from './traces.ts';
import { runTasks, type Task } from './work.ts';

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

  const step = await loadStep();
  const missing = options.policies.filter((policy) => factories(step)[policy] === undefined);
  if (missing.length > 0) process.stdout.write(`Not there yet and not run: ${missing.join(', ')}.\n`);
  const tasks: Task[] = options.pairs.flatMap(({ site, load }) =>
    days.map((trace) => ({ site, load, trace: trace.id })),
  );
  const rows = inOrder(await runAll(tasks, options), tasks);
  const figures = meansOf(rows);
  process.stdout.write(`${tableOf(rows, figures)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ figures, rows }, undefined, 1)}\n`);
}

async function runAll(tasks: readonly Task[], { traces, policies, log, jobs }: Options): Promise<Row[]> {
  const startedMs = performance.now();
  let done = 0;
  const rows = await runTasks(tasks, { traces, policies, ...(log === undefined ? {} : { log }) }, jobs, () => {
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${tasks.length}`);
  });
  const seconds = (performance.now() - startedMs) / 1000;
  process.stdout.write(
    `${tasks.length} days under ${policies.length} policies in ${seconds.toFixed(0)} s on ${jobs} threads.\n`,
  );
  return rows;
}

function inOrder(rows: readonly Row[], tasks: readonly Task[]): Row[] {
  const place = (row: Row) =>
    tasks.findIndex((task) => task.site === row.site && task.load === row.load && task.trace === row.trace) *
      POLICY_IDS.length +
    POLICY_IDS.indexOf(row.policy);
  return rows.toSorted((a, b) => place(a) - place(b));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof UsageError || error instanceof TraceError;
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(`${USAGE}\n`);
  process.exitCode = 1;
}
