import { brokerRestarts } from './broker-fault.ts';
import { databaseDamaged, engineKilled, mainKilled } from './engine-faults.ts';
import type { Fault, Pair } from './fault.ts';
import { minerDisobeys, minerDisobeysPlug, minerReboots, poolDead } from './miner-faults.ts';
import { dnsGone, networkGone } from './network-faults.ts';
import { garbage, inverterReboots, meterFlipped, meterFrozen, meterSilent, slowDevice } from './plant-faults.ts';
import { backupFolderGone, databaseLocked, diskFull } from './storage-faults.ts';
import { clockBack, clockForward, dstBegins, dstEnds, suspended } from './time-faults.ts';

export const titleOf = (pair: Pair): string => pair.map(({ name }) => name).join(' + ');

export const FAULTS: readonly Fault[] = [
  meterSilent,
  meterFrozen,
  meterFlipped,
  inverterReboots,
  garbage,
  slowDevice,
  minerDisobeys,
  minerDisobeysPlug,
  minerReboots,
  poolDead,
  brokerRestarts,
  networkGone,
  dnsGone,
  dstBegins,
  dstEnds,
  clockForward,
  clockBack,
  suspended,
  engineKilled,
  mainKilled,
  diskFull,
  databaseLocked,
  databaseDamaged,
  backupFolderGone,
];

/** One site cannot live through both. */
const exclude = ([first, second]: Pair): boolean =>
  second !== undefined && first.startMs !== undefined && second.startMs !== undefined;

/** Each alone, and each with every other. */
export const PAIRS: readonly Pair[] = FAULTS.flatMap((first, i): Pair[] => [
  [first],
  ...FAULTS.slice(i + 1).map((second): Pair => [first, second]),
]).filter((pair) => !exclude(pair));

/** A dozen for `npm test`, with every fault in one of them, in two files for two cores; all pairs are in test/long. */
export const QUICK: readonly Pair[] = [
  [meterSilent, minerReboots],
  [meterFrozen, clockForward],
  [meterFlipped, garbage],
  [inverterReboots, engineKilled],
  [slowDevice, poolDead],
  [minerDisobeys, databaseLocked],
  [minerDisobeysPlug],
  [brokerRestarts, mainKilled],
  [networkGone, clockBack],
  [dnsGone, dstEnds],
  [dstBegins, databaseDamaged],
  [suspended, backupFolderGone],
  [diskFull, databaseDamaged],
];
