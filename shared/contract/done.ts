import { z } from 'zod';

export const Nothing = z.strictObject({});

/** What is wrong, each with the path of its field: `control.reserveW`, `sources.0.cutInMps`. */
export const Problems = z.array(z.object({ field: z.string(), message: z.string() }));

/** Done, or why not; fields are paths in what was given. */
export const Done = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok') }),
  z.object({ outcome: z.literal('refused'), problems: Problems }),
]);
export type Done = z.infer<typeof Done>;
