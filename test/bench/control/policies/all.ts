import type { PolicyFactory, PolicyId } from '../policy.ts';
import { b1 } from './b1.ts';
import { b2 } from './b2.ts';
import { b3 } from './b3.ts';
import { b4 } from './b4.ts';
import { noPlans, oracle, oracle12 } from './oracle.ts';
import { spillway, type Step } from './spillway.ts';

/** @returns the policies that can run here; Spillway's own is missing while there is no step() */
export function factories(step: Step | undefined): Partial<Record<PolicyId, PolicyFactory>> {
  const plans = noPlans();
  return {
    ...(step === undefined ? {} : { spillway: spillway(step) }),
    B1: b1,
    B2: b2,
    B3: b3,
    B4: b4,
    oracle: oracle(plans),
    oracle12: oracle12(plans),
  };
}
