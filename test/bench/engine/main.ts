// npm run bench:engine -- [--seconds N] [--json FILE]: the built engine, headless, on 100 plant devices and 40 miners over
// loopback, in real time, with one page open; each is a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#engine/system/clock.ts';
import { startHost } from './host.ts';
import { verdicts, watchResources, type Figures } from './figures.ts';
import { MINERS, siteOf, type CrowdPorts, type MinerPorts } from './site.ts';

/** The meter's poll interval: waiting for the next one is not the engine's delay, ms. */
const POLL_MS = 1000;
const WARM_UP_S = 100;
const SHORTEST_S = 20;

interface Told {
  latencies: number[];
  running: number;
}

const { values } = parseArgs({ options: { json: { type: 'string' }, seconds: { type: 'string', default: '600' } } });
const seconds = Math.max(SHORTEST_S, Number(values.seconds) || 600);
const wait = (ms: number) => systemClock().sleep(ms);

async function serve<Ports>(file: string) {
  const child = fork(new URL(file, import.meta.url), { stdio: 'inherit' });
  const [ports] = (await once(child, 'message')) as [Ports];
  return { child, ports };
}

async function measure(dir: string): Promise<{ figures: Figures; told: Told }> {
  const crowd = await serve<CrowdPorts>('./crowd-process.ts');
  const site = await serve<MinerPorts>('./miners-process.ts');
  try {
    const host = await startHost(dir, siteOf(crowd.ports, site.ports));
    await wait(WARM_UP_S * 1000);
    site.child.send('begin');
    const resources = await watchResources(host.pid, seconds);
    const answer = once(site.child, 'message') as Promise<[Told]>;
    site.child.send('end');
    const [told] = await answer;
    await host.stop();
    const sorted = told.latencies.toSorted((a, b) => a - b);
    const p99 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.NaN;
    return { figures: { 'engine.latencyP99Ms': Math.max(0, p99 - POLL_MS), ...resources }, told };
  } finally {
    crowd.child.disconnect();
    site.child.disconnect();
  }
}

const dir = mkdtempSync(join(tmpdir(), 'spillway-bench-'));
try {
  const { figures, told } = await measure(dir);
  const median = told.latencies.toSorted((a, b) => a - b)[Math.floor(told.latencies.length / 2)] ?? Number.NaN;
  process.stdout.write(
    `60 Modbus and 40 HTTP devices at 1 Hz, ${MINERS} miners (${told.running} mining at the end), one page open; ` +
      `${WARM_UP_S} s to start up, then ${seconds} s measured; ${told.latencies.length} changes of the meter, ` +
      `median ${median.toFixed(0)} ms to the command; load average ${loadavg()[0]?.toFixed(1)}\n`,
  );
  const missed = verdicts(figures, told.latencies.length);
  if (missed > 0) process.exitCode = 1;
  else if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ seconds, figures }, undefined, 1)}\n`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
