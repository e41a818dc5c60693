import { z } from 'zod';
import { isAtHome } from './home-network.ts';

/** Name of a secret of this site; a secret's value is never written here. */
const secret = z.string().min(1).max(100);

/** `GET /metrics` for Prometheus, besides sessions also for whoever shows this token. */
export const MetricsAccess = z.strictObject({
  /** The secret that holds the bearer token, 32 letters or more. */
  secret,
});
export type MetricsAccess = z.infer<typeof MetricsAccess>;

/** Where the slots of the ledger are copied to: PostgreSQL, with or without TimescaleDB. */
export const SlotExport = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65535).default(5432),
    database: z.string().min(1).max(63).default('spillway'),
    user: z.string().min(1).max(63),
    /** The secret that holds the password; absent: the server asks none (a certificate, or peer on a Unix socket). */
    secret: secret.optional(),
    /** `verify`: TLS with a certificate that is checked. `off`: plain, within the home network only. */
    tls: z.enum(['verify', 'off']).default('verify'),
    /** File with the certificate of the authority that signed the server's; absent: those that Node trusts. */
    ca: z.string().min(1).optional(),
    /** The owner said that this address outside of the home network is meant. */
    beyondHome: z.literal(true).optional(),
  })
  .superRefine(({ host, tls, beyondHome, ca }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    // A folder is one of Unix sockets, such as /var/run/postgresql: it never leaves this computer.
    const isSocket = host.startsWith('/');
    const isNear = isSocket || isAtHome(host);
    if (!isNear && beyondHome === undefined)
      refuse('host', `${host} is not in your home network; add "beyondHome": true if that is meant`);
    if (!isNear && tls === 'off')
      refuse('tls', `${host} is not in your home network: without TLS the password and the figures could be read`);
    if (tls === 'off' && ca !== undefined) refuse('ca', 'a certificate is checked only with "tls": "verify"');
    if (isSocket && tls === 'verify')
      refuse('tls', 'a Unix socket has no TLS: write "tls": "off" beside a host that is a folder');
  });
export type SlotExport = z.infer<typeof SlotExport>;

/** What a site gives to whoever watches over many; absent: nothing. */
export const Fleet = z.strictObject({
  metrics: MetricsAccess.optional(),
  export: SlotExport.optional(),
});
export type Fleet = z.infer<typeof Fleet>;
