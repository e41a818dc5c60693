import type { PolicyFactory, PolicyId } from '../policy.ts';
import { b1 } from './b1.ts';
import { b2 } from './b2.ts';
import { b3 } from './b3.ts';
import { b4 } from './b4.ts';
import { noPlans, oracle, oracle12 } from './oracle.ts';
import { spillway } from './spillway.ts';

/** Every policy of the benchmark; the two oracles share their plans. */
export function factories(): Record<PolicyId, PolicyFactory> {
  const plans = noPlans();
  return { spillway, B1: b1, B2: b2, B3: b3, B4: b4, oracle: oracle(plans), oracle12: oracle12(plans) };
}
