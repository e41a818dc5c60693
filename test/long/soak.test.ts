import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Site } from '#shared/site.ts';
import { randomStream } from '#engine/simulator/noise.ts';
import { farmWith, type Farm, type Fault } from '../faults/fault.ts';
import { expectClosed } from '../faults/ledger-closes.ts';
import { minerDisobeys, minerReboots, poolDead } from '../faults/miner-faults.ts';
import { networkGone } from '../faults/network-faults.ts';
import { garbage, inverterReboots, meterFrozen, meterSilent } from '../faults/plant-faults.ts';
import { databaseLocked } from '../faults/storage-faults.ts';
import { clockBack, clockForward, suspended } from '../faults/time-faults.ts';

const DAYS = 30;
const DAY_S = 86_400;
const SEED = 20_260_621;
/** One reading a second for thirty days would take hours; all that is kept, closed and pruned comes as often as ever. */
const POLL_S = 300;
/** Of one core: a busy machine takes longer for the same work. */
const LIMIT_S = 300;
/** What is learned, cached and compiled is there by then. */
const SETTLED_DAYS = 5;

const restarted: Fault = {
  name: 'computer restarts',
  boundWh: 0,
  async inflict(farm) {
    expect(await farm.stop()).toEqual([]);
    await farm.startAgain();
  },
};

const FAULTS = [
  meterSilent,
  meterFrozen,
  garbage,
  inverterReboots,
  minerDisobeys,
  minerReboots,
  poolDead,
  networkGone,
  clockForward,
  clockBack,
  suspended,
  databaseLocked,
  restarted,
];

const slow = (site: Site): Site => ({
  ...site,
  control: { ...site.control, meterPollS: POLL_S },
  devices: site.devices.map((device) => ({ ...device, pollS: POLL_S })),
  loads: site.loads.map((load) => ({ ...load, pollS: POLL_S })),
});

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

interface Sample {
  day: number;
  heapMb: number;
  residentMb: number;
  handles: number;
  files: number;
}

function sample(day: number): Sample {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  const handles = process.getActiveResourcesInfo().length;
  return { day, heapMb: heapUsed / 2 ** 20, residentMb: rss / 2 ** 20, handles, files };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

it(`lives ${DAYS} days with random faults, and is as small at the end`, async () => {
  const started = process.cpuUsage();
  const random = randomStream(SEED);
  const farm: Farm = await farmWith(FAULTS, slow);
  const suffered = new Map<string, number>();
  const samples: Sample[] = [];
  for (let day = 1; day <= DAYS; day += 1) {
    const endMs = farm.clock.now() + DAY_S * 1000;
    while (farm.clock.now() < endMs) {
      await farm.runLong(1800 + random() * 6 * 3600);
      const fault = FAULTS[Math.floor(random() * FAULTS.length)] as Fault;
      suffered.set(fault.name, (suffered.get(fault.name) ?? 0) + 1);
      await fault.inflict?.(farm);
      await farm.runLong(300 + random() * 3300);
      await fault.heal?.(farm);
    }
    samples.push(sample(day));
  }
  await farm.runLong(3600);
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  const { plant } = farm.simulator.truth();
  const faults = [...suffered].map(([name, times]) => `${times} × ${name}`).join(', ');
  process.stdout.write(`\n${DAYS} days in ${seconds.toFixed(0)} s (seed ${SEED}): ${faults}\n`);
  process.stdout.write(`mined ${(plant.loadsWh / 1000).toFixed(1)} kWh, told ${farm.told.length} times\n`);
  for (const { day, heapMb, residentMb, handles, files } of samples.filter(({ day: d }) => d % 5 === 0))
    process.stdout.write(
      `day ${day}: heap ${heapMb.toFixed(1)} MB, resident ${residentMb.toFixed(0)} MB, ${handles} handles, ${files} files\n`,
    );

  await expectClosed(farm);
  expect(await farm.stop()).toEqual([]);
  await farm.end();
  const early = samples.slice(SETTLED_DAYS, 2 * SETTLED_DAYS);
  const late = samples.slice(-SETTLED_DAYS);
  const grown = (of: (one: Sample) => number) => median(late.map(of)) - median(early.map(of));
  // Requests and garbage come and go; what is never given back raises the least of them.
  const leaked = (of: (one: Sample) => number) => Math.min(...late.map(of)) - Math.min(...early.map(of));
  // Each is told, so that one run shows all that grew.
  expect
    .soft(
      leaked(({ heapMb }) => heapMb),
      'heap, MB',
    )
    .toBeLessThan(4);
  // Simulator, wires and test runner live in this process too, and malloc gives little back after a dozen restarts.
  expect
    .soft(
      grown(({ residentMb }) => residentMb),
      'resident memory, MB',
    )
    .toBeLessThan(48);
  expect
    .soft(
      leaked(({ handles }) => handles),
      'handles',
    )
    .toBeLessThanOrEqual(3);
  expect
    .soft(
      leaked(({ files }) => files),
      'open files',
    )
    .toBeLessThanOrEqual(3);
  expect.soft(seconds, 'computing time, s').toBeLessThan(LIMIT_S);
});
