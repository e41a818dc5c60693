/** Constants of the policy; docs/decisions/0011-control-policy.md says what each gained. */
export const POLICY = {
  /** What a grid watt costs against a plant watt: the benchmark's strict score. */
  importPenalty: 10,
  /** Mean falls over 10 s left as margin after a raise, and after a lowering. */
  raiseFalls: 0.5,
  lowerFalls: 1,
  /** The same for a plant that gives no warning because it is held back. */
  hiddenFalls: 3,
  /** Share of the worth of holding on where the recovery would be hidden. */
  hiddenHold: 0.5,
  /** A falling surplus is followed so far ahead: when lowering, and when judging a dip, s. */
  aheadS: 8,
  slopeS: 4,
  /** Smallest raise worth a write, W. */
  deadBandW: 25,
  /** A raise aims so far above the surplus while the draw climbs, s of its own ramp: it can be cut on the way. */
  climbS: 120,
  /** Noise the lowering trigger overlooks, in mean changes between readings. */
  jitters: 1,
  /** Weight of the prior among the learned dips, and of a restart among the costs of stopping. */
  priorDips: 4,
  stopShare: 1.25,
  /** A start's wear is worth at least this much mining, s; and this much more for each bucket the day's starts run short. */
  wearS: 150,
  scarceS: 75,
  /** Starts that may be used ahead of the day's energy. */
  burst: 3,
  /** A start waits until the surplus has carried it this long, s; longer when starts are scarce or would mine little. */
  persistS: 20,
  persistGrowth: 0.75,
  longestPersistS: 900,
  levelPower: 3,
};
