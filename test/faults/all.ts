import { databaseDamaged, diskFull, engineKilled, mayMount } from './engine-faults.ts';
import type { Fault, Pair } from './fault.ts';
import { minerDisobeys, minerReboots } from './miner-faults.ts';
import { garbage, inverterReboots, meterFlipped, meterFrozen, meterSilent, slowDevice } from './plant-faults.ts';
import { clockBack, clockForward, suspended } from './time-faults.ts';

export const titleOf = (pair: Pair): string => pair.map(({ name }) => name).join(' + ');

/** Filling a disk needs one of its own, and the right to mount it. */
const fullDisks = mayMount ? [diskFull] : [];

export const FAULTS: readonly Fault[] = [
  meterSilent,
  meterFrozen,
  meterFlipped,
  inverterReboots,
  garbage,
  slowDevice,
  minerDisobeys,
  minerReboots,
  clockForward,
  clockBack,
  suspended,
  engineKilled,
  ...fullDisks,
  databaseDamaged,
];

/** A dozen for `npm test`, with every fault in one of them; all pairs are in test/long. */
export const QUICK: readonly Pair[] = [
  [meterSilent, minerReboots],
  [meterFrozen, clockForward],
  [meterFlipped, garbage],
  [inverterReboots, engineKilled],
  [garbage, inverterReboots],
  [slowDevice, minerReboots],
  [minerDisobeys],
  [minerReboots, engineKilled],
  [clockBack, meterSilent],
  [suspended, inverterReboots],
  ...fullDisks.map((full): Pair => [full, meterSilent]),
  [databaseDamaged, meterSilent],
];
