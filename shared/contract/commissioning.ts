import { z } from 'zod';
import { Direction } from '../device.ts';

/** The guided check of a direction: 10 s of quiet, then a known load is switched on; import or discharge must rise. */
export const SignCheck = z.object({
  phase: z.enum([
    'idle',
    'baseline',
    'switch-on',
    /** Import or discharge rose: the right way round. */
    'right',
    /** Export or charge rose: the engine turned the directions; check once more. */
    'swapped',
    /** Nothing changed: another phase, another meter, or nothing was switched on. */
    'nothing',
    /** The house was too busy for a baseline. */
    'restless',
    'silent',
  ]),
  /** The meter that answered. */
  direction: Direction.optional(),
  /** Change of import − export or of discharge − charge, W; the one signed power of the contract: it is about the sign. */
  changeW: z.number().optional(),
  untilMs: z.number().optional(),
});
export type SignCheck = z.infer<typeof SignCheck>;

/** What must be proven before any load runs; a part that the site does not have is absent. */
export const Commissioning = z.object({
  passed: z.boolean(),
  /** The direction of the grid meter, of the battery. */
  grid: z.boolean().optional(),
  battery: z.boolean().optional(),
  /** The readings add up for a minute. */
  balance: z
    .object({
      proven: z.boolean(),
      /** What is unexplained now, either way, W; absent while a part is unknown or the readings contradict each other. */
      residualW: z.number().min(0).optional(),
      toleranceW: z.number().optional(),
      /** For so long it has added up, ms; a minute proves it. */
      forMs: z.number().min(0),
    })
    .optional(),
});
export type Commissioning = z.infer<typeof Commissioning>;
