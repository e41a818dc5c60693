import { z } from 'zod';
import { ControlSettings, Mode } from './control.ts';
import { LoadDevice, PlantDevice } from './device.ts';
import { Fleet } from './fleet.ts';
import { HomeAssistant } from './home-assistant.ts';
import { Tariff } from './market.ts';
import { isTimeZone } from './time.ts';

const strictControl = z.strictObject(ControlSettings.shape);

/** A site file: everything the owner declares. Unknown keys are refused, so that a typing error never goes unseen. */
export const Site = z
  .strictObject({
    version: z.literal(1),
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and hyphens'),
    name: z.string().min(1).max(80),
    /** IANA zone; days of the ledger follow it. */
    timeZone: z.string().refine(isTimeZone, 'not a time zone; use one like Europe/Berlin'),
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/, 'use three capital letters like EUR'),
    simulated: z.boolean().default(false),
    devices: z.array(PlantDevice).default([]),
    loads: z.array(LoadDevice).default([]),
    control: strictControl.prefault({}),
    tariff: Tariff.prefault({}),
    mode: Mode.default('observe'),
    /** Pool fee as a share, 0..1. */
    poolFee: z.number().min(0).max(1).default(0),
    homeAssistant: HomeAssistant.optional(),
    fleet: Fleet.optional(),
  })
  .superRefine((site, context) => {
    const seen = new Set<string>();
    for (const [list, entries] of [
      ['devices', site.devices],
      ['loads', site.loads],
    ] as const) {
      entries.forEach((entry, i) => {
        if (seen.has(entry.id))
          context.addIssue({ code: 'custom', path: [list, i, 'id'], message: `"${entry.id}" is used twice` });
        seen.add(entry.id);
      });
    }
  });
export type Site = z.infer<typeof Site>;

/** What an owner tells to begin a site of their own; devices come after. */
export const NewSite = z.strictObject({
  name: Site.shape.name,
  timeZone: Site.shape.timeZone,
  currency: Site.shape.currency,
  control: Site.shape.control,
  tariff: Site.shape.tariff,
});
export type NewSite = z.infer<typeof NewSite>;

/** The owner's own site, or the simulated one beside it. */
export const WhichSite = z.enum(['own', 'simulated']);
export type WhichSite = z.infer<typeof WhichSite>;
