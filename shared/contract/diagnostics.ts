import { z } from 'zod';
import { procedure, type Contract } from '../rpc/contract.ts';

/** What somebody who helps needs to know, fit to be sent: no password, address or name is in it. */
export const DiagnosticsContract = {
  bundle: procedure(
    /** What the shell wrote into its log, where there is one. */
    z.strictObject({ shellLog: z.array(z.string().max(4000)).max(1000).default([]) }),
    z.object({ name: z.string(), text: z.string() }),
  ),
} satisfies Contract[string];
