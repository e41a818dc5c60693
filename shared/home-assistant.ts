import { z } from 'zod';

/** The broker that Home Assistant listens to. Over it the mode and a stop can be chosen, nothing else. */
export const HomeAssistant = z.strictObject({
  url: z.string().regex(/^mqtts?:\/\/[^/\s]+$/, 'use mqtt://host:port or mqtts://host:port'),
  user: z.string().min(1).max(200).optional(),
  /** Name of the secret that holds the broker's password. */
  secret: z.string().max(200).optional(),
  /** Where Home Assistant looks for new devices. */
  prefix: z
    .string()
    .max(100)
    .regex(/^[^/#+\s]+(\/[^/#+\s]+)*$/, 'a topic without #, + and blanks, like homeassistant')
    .default('homeassistant'),
  /** The owner said that this broker outside of the home network is meant. */
  beyondHome: z.literal(true).optional(),
});
export type HomeAssistant = z.infer<typeof HomeAssistant>;
