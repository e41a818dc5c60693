import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Site } from '#shared/site.ts';
import type { SettingStore } from '#engine/storage/settings.ts';

const KEY = 'commissioned';

/** What the sign check proved: exactly these meters, mounted exactly so. Another meter must be proven anew. */
const proofOf = (site: Site): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        site.devices
          .filter(({ roles }) => roles.includes('grid') || roles.includes('battery'))
          .map(({ id, family, connection, setup, swapped }) => [id, family, connection, setup, swapped]),
      ),
    )
    .digest('hex');

/** The directions of the site's meters were proven; a simulated site counts as commissioned. */
export const isCommissioned = (site: Site, settings: SettingStore): boolean =>
  site.simulated || settings.read(KEY, z.string()) === proofOf(site);

export const markCommissioned = (site: Site, settings: SettingStore): void => settings.write(KEY, proofOf(site));
