import { z } from 'zod';

/** Name of a secret of this site; a secret's value is never written here. */
const secret = z.string().min(1).max(100);

/** `GET /metrics` for Prometheus, besides sessions also for whoever shows this token. */
export const MetricsAccess = z.strictObject({
  /** The secret that holds the bearer token, 32 letters or more. */
  secret,
});
export type MetricsAccess = z.infer<typeof MetricsAccess>;

/** What a site gives to whoever watches over many; absent: nothing. */
export const Fleet = z.strictObject({
  metrics: MetricsAccess.optional(),
});
export type Fleet = z.infer<typeof Fleet>;
