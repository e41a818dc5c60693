import { z } from 'zod';

export const Nothing = z.strictObject({});

/**
 * What is wrong, with the path of its field: `control.reserveW`, `sources.0.cutInMps`. The message is English; who knows
 * the code says it in the owner's language with its values, whose unit is the end of their name: W, Wh, Percent.
 */
export const Problem = z.object({
  field: z.string(),
  message: z.string(),
  code: z.string().optional(),
  values: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});
export type Problem = z.infer<typeof Problem>;
export const Problems = z.array(Problem);

/** Done, or why not; fields are paths in what was given. */
export const Done = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok') }),
  z.object({ outcome: z.literal('refused'), problems: Problems }),
]);
export type Done = z.infer<typeof Done>;
