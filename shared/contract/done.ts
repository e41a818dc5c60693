import { z } from 'zod';

export const Nothing = z.strictObject({});

/** Done, or why not; fields are paths in the site file. */
export const Done = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok') }),
  z.object({ outcome: z.literal('refused'), problems: z.array(z.object({ field: z.string(), message: z.string() })) }),
]);
export type Done = z.infer<typeof Done>;
