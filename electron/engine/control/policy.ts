/** Constants of the policy; docs/decisions/0011-control-policy.md says what each gained. */
export const POLICY = {
  /** What a grid watt costs against a plant watt: the benchmark's strict score. */
  importPenalty: 10,
  /** Falls over 10 s left as margin after a raise, and after a lowering. */
  raiseFalls: 1,
  lowerFalls: 1,
  /** A falling surplus is followed so far ahead, s. */
  aheadS: 5,
  /** Share of a restart's worth that a hold may burn before it stops. */
  debtShare: 0.25,
  /** The surplus must carry a start for so long, s. */
  persistS: 60,
  /** Smallest raise worth a write, W. */
  deadBandW: 25,
  /** A raise aims so far above the surplus while the draw climbs, s of its own ramp. */
  climbS: 0,
  /** Noise the lowering trigger overlooks, in mean changes between readings. */
  jitters: 2,
};
