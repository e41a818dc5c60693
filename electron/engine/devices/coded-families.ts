import type { CodedFamily } from './coded-family.ts';
import { inverterFamilies } from './inverter-families.ts';
import { meterFamilies } from './meter-families.ts';
import { wiredFamilies } from './wired-families.ts';

/** Every family that is more than a profile. */
export const codedFamilies: readonly CodedFamily[] = [...inverterFamilies, ...meterFamilies, ...wiredFamilies];
