import { z } from 'zod';
import { HomeAssistant } from '../home-assistant.ts';
import { procedure, stream, type Contract } from '../rpc/contract.ts';
import { Done } from './done.ts';

export const HomeAssistantState = z.object({
  phase: z.enum(['off', 'connecting', 'connected']),
  /** Why the broker cannot be reached; it is tried again all the while. */
  problem: z.string().optional(),
  settings: HomeAssistant.optional(),
});
export type HomeAssistantState = z.infer<typeof HomeAssistantState>;

export const HomeAssistantContract = {
  state: stream(HomeAssistantState),
  /** Without settings it is switched off, and its devices are taken out of Home Assistant. */
  change: procedure(z.strictObject({ settings: HomeAssistant.optional() }), Done),
} satisfies Contract[string];
