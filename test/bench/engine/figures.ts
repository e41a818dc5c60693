import { systemClock } from '#engine/system/clock.ts';
import { cpuMs, residentMb } from '../app/processes.ts';

/** Bounds of the issue "Plants"; of the growth it says none, and this much is what a garbage collector leaves to chance. */
const LIMITS = {
  'engine.latencyP99Ms': 150,
  'engine.cpuPercent': 35,
  'engine.rssMb': 220,
  'engine.rssGrowthMb': 10,
};
export type Figures = Record<keyof typeof LIMITS, number>;

/** Fewer changes than these say nothing about one in a hundred. */
const FEWEST = 3;

/** Prints each figure beside its bound. @returns how many miss it */
export function verdicts(figures: Figures, samples: number): number {
  let missed = 0;
  for (const [name, limit] of Object.entries(LIMITS) as [keyof Figures, number][]) {
    const value = figures[name];
    const ok = value <= limit;
    if (!ok) missed += 1;
    process.stdout.write(
      `${ok ? 'ok  ' : 'MISS'} ${name.padEnd(22)} ${value.toFixed(1).padStart(8)}  (at most ${limit})\n`,
    );
  }
  if (samples >= FEWEST) return missed;
  process.stdout.write(`MISS only ${samples} changes reached a miner; the control loop did not follow\n`);
  return missed + 1;
}

/** Watches a process for so long: share of one core, largest resident size, and its growth from first to last fifth. */
export async function watchResources(pid: number, seconds: number): Promise<Omit<Figures, 'engine.latencyP99Ms'>> {
  const startMs = performance.now();
  const startCpuMs = cpuMs(pid);
  const sizes: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    await systemClock().sleep(1000);
    sizes.push(residentMb(pid));
  }
  const usedMs = cpuMs(pid) - startCpuMs;
  const fifth = Math.max(1, Math.floor(sizes.length / 5));
  return {
    'engine.cpuPercent': (100 * usedMs) / (performance.now() - startMs),
    'engine.rssMb': Math.max(...sizes),
    'engine.rssGrowthMb': Math.max(0, median(sizes.slice(-fifth)) - median(sizes.slice(0, fifth))),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
