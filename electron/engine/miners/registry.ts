import { openAxeos } from './axeos.ts';
import { openBraiinsRest } from './braiins-rest.ts';
import { openCgminer } from './cgminer.ts';
import type { OpenMinerDriver } from './driver.ts';

/** Every family we can command, under the name a site file uses. */
export const minerDrivers: Record<string, OpenMinerDriver> = {
  axeos: openAxeos,
  bfgminer: openCgminer,
  'braiins-rest': openBraiinsRest,
  cgminer: openCgminer,
};
