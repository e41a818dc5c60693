import { expect } from 'vitest';
import { farmWith, type Farm, type Fault, type Pair } from './fault.ts';
import { expectClosed } from './ledger-closes.ts';

/** Gusts fall faster than a miner can: what the farm takes from the grid in these minutes with nothing broken, Wh. */
const GUSTS_WH = 10;
const BETWEEN_S = 20;
const BROKEN_S = 120;
/** Both ASICs are near their full draw by then, if nothing is wrong. */
const FULL_WITHIN_S = 400;
const FULL_W = 2900;
const HEALED_S = 200;
/** The load that shows what is done unseen: somebody puts a kettle on while the fault lasts. */
const KETTLE_W = 3000;

export interface Row {
  pair: string;
  gridFedWh?: number;
  boundWh?: number;
  seconds?: number;
  /** Ids of the notices, or why there are none. */
  says: string;
}

/**
 * Lets one thing break, then the other, then both be well again, and holds the engine to its promises.
 * @param eachTold false where one fault may hide the other from the owner
 */
export async function breakBoth(faults: Pair, eachTold: boolean): Promise<Row> {
  const startMs = performance.now();
  const [first, second] = faults;
  const pair = faults.map(({ name }) => name).join(' + ');
  const farm = await farmWith(faults);
  try {
    await untilMining(farm);
    const beforeWh = farm.gridFedWh();
    const brokenMs = farm.simulator.truth().plant.atMs;
    farm.plant.kettleW = KETTLE_W;
    await first.inflict?.(farm);
    await farm.run(BETWEEN_S);
    await second?.inflict?.(farm);
    await farm.run(Math.max(...faults.map(({ lastsS = BROKEN_S }) => lastsS)));
    farm.plant.kettleW = 0;
    for (const fault of faults.toReversed()) await fault.heal?.(farm);
    if (!farm.isRunning()) await farm.startAgain();
    const brokenH = (farm.simulator.truth().plant.atMs - brokenMs) / 3_600_000;
    await farm.run(HEALED_S);

    const gridFedWh = farm.gridFedWh() - beforeWh;
    const unstoppableW = sumOf(faults, ({ unstoppableW: w = 0 }) => w);
    const asleepWs = sumOf(faults, ({ asleepW = 0 }) => asleepW) * sumOf(faults, ({ sleepsS = 0 }) => sleepsS);
    const boundWh = Math.round(
      GUSTS_WH + sumOf(faults, (fault) => fault.boundWh) + unstoppableW * brokenH + asleepWs / 3600,
    );
    expect(gridFedWh, 'grid-fed energy').toBeLessThanOrEqual(boundWh);
    expectObeyed(farm);
    expectToldOnce(farm, faults, eachTold);
    await expectClosed(farm);
    expect(await farm.stop(), 'loads that did not confirm their stop').toEqual([]);
    await farm.clock.advance(60_000);
    for (const [id, { drawW, phase }] of Object.entries(farm.simulator.truth().loads)) {
      expect(phase, id).toBe('paused');
      expect(drawW, id).toBeLessThan(50);
    }
    const seconds = (performance.now() - startMs) / 1000;
    return { pair, gridFedWh, boundWh, seconds, says: [...new Set(farm.notices)].join(', ') };
  } finally {
    await farm.end();
  }
}

const sumOf = (faults: Pair, of: (fault: Fault) => number) => [...faults].reduce((sum, fault) => sum + of(fault), 0);

/** A site that never gets to mine, because of what is wrong from the start, is put to the test as it stands. */
async function untilMining(farm: Farm): Promise<void> {
  for (let second = 0; second < FULL_WITHIN_S && farm.asic().drawW < FULL_W; second += 1) await farm.run(1);
}

/** Each load does what the last decision says. */
function expectObeyed(farm: Farm): void {
  const loads = farm.simulator.truth().loads;
  for (const { id, setpointW, reason } of farm.engine().health().loads)
    expect(`${id} ${farm.unpowered.has(id) ? 'pause' : loads[id]?.wanted}`, reason).toBe(
      `${id} ${setpointW > 0 ? 'run' : 'pause'}`,
    );
}

function expectToldOnce({ told }: Farm, faults: Pair, eachTold: boolean): void {
  const times = new Map<string, number>();
  for (const { id, body } of told) {
    const key = `${id}: ${body.replace(/[\d.,]+/g, '#')}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const most = faults.some(({ forgets }) => forgets) ? 2 : 1;
  const repeated = [...times].filter(([, count]) => count > most).map(([key, count]) => `${count} × ${key}`);
  expect(repeated.join('; '), 'told more than once').toBe('');
  if (!eachTold) return;
  const ids = new Set(told.map(({ id }) => id));
  const silent = faults.flatMap(({ tells = [] }) => tells).filter((id) => !ids.has(id));
  // Where both faults would say the same it is one incident.
  expect(silent, 'never told').toEqual([]);
}

export function tableOf(rows: readonly Row[]): string {
  const number = (value: number | undefined, digits: number, width: number) =>
    (value?.toFixed(digits) ?? '').padStart(width);
  const lines = rows.map(({ pair, gridFedWh, boundWh, seconds, says }) =>
    [pair.padEnd(52), number(gridFedWh, 1, 7), number(boundWh, 0, 6), number(seconds, 0, 5), says].join('  ').trimEnd(),
  );
  const head = ['pair'.padEnd(52), 'grid Wh'.padStart(7), 'bound'.padStart(6), 'real s'.padStart(5), 'told'].join('  ');
  return [head, ...lines, ''].join('\n');
}
