import type { OpenMinerDriver } from './driver.ts';

/** Every family we can command, under the name a site file uses. */
export const minerDrivers: Record<string, OpenMinerDriver> = {};
