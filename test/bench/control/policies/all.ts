import type { PolicyFactory, PolicyId } from '../policy.ts';
import { b1 } from './b1.ts';
import { spillway, type Step } from './spillway.ts';

/** @returns the policies that can run here; Spillway's own is missing while there is no step() */
export function factories(step: Step | undefined): Partial<Record<PolicyId, PolicyFactory>> {
  return { ...(step === undefined ? {} : { spillway: spillway(step) }), B1: b1 };
}
