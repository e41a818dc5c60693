import type { EngineContract } from '#shared/contract/engine.ts';
import type { Run } from '#shared/contract/planner.ts';
import type { Client } from '#shared/rpc/contract.ts';
import type { Command } from './command-line.ts';
import type { Done } from './commands.ts';

const WORDS = { 'worth-it': 'Worth it', uncertain: 'Uncertain', 'not-worth-it': 'Not worth it' };

/** As the window asks; fewer futures cannot tell so many apart. */
const WEATHER_YEARS = 6;

/** Has the running engine work out a year at the site, or one of the ready stories. */
export async function askPlan(
  client: Client<EngineContract>,
  { story, futures, json }: Extract<Command, { verb: 'plan' }>,
): Promise<Done> {
  const ready = story === undefined ? undefined : (await client.planner.stories({})).find(({ id }) => id === story);
  const { plan } = ready ?? (await client.planner.fromSite({}));
  const started = await client.planner.start({ plan, futures, weatherYears: Math.min(WEATHER_YEARS, futures) });
  if (started.outcome === 'refused')
    return { code: 1, problem: started.problems.map(({ field, message }) => `${field}: ${message}`).join('; ') };
  const run = await ended(client, started.runId);
  if (run.state !== 'done') return { code: 1, problem: run.message ?? `The plan was ${run.state}.` };
  const exported = await client.planner.export({ runId: run.id, format: 'json' });
  if (json && exported.outcome === 'ok') return { code: 0, out: exported.text };
  return { code: 0, out: inWords(run, plan.currency) };
}

function ended(client: Client<EngineContract>, runId: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const end = client.planner.runs.subscribe((runs) => {
      const run = runs.find(({ id }) => id === runId);
      if (!run || run.state === 'running') return;
      queueMicrotask(() => end());
      resolve(run);
    }, reject);
  });
}

function inWords({ name, result }: Run, currency: string): string {
  const money = result?.money;
  if (!result || !money) return `${name}: worked out; --json shows the year.`;
  const { year } = result;
  const { word, share } = money.verdict;
  const months = (value: number | undefined) => (value === undefined ? 'never in sight' : `${value.toFixed(0)} months`);
  const sum = (micro: number) => `${(micro / 1e6).toFixed(0)} ${currency}`;
  const { p10, p50, p90 } = money.firstYearMicro;
  return [
    `${name}: ${WORDS[word]}. ${(share * 100).toFixed(0)} % of ${money.futures} futures pay back in time.`,
    `First year: ${sum(p50)}, from ${sum(p10)} to ${sum(p90)} in eight of ten.`,
    `Paid back after ${months(money.paybackMonths.p50)}.`,
    `Lost energy: ${(year.usual.lost / 1e6).toFixed(0)} kWh a year without loads, ${(year.mining.lost / 1e6).toFixed(0)} with them.`,
  ].join('\n');
}
