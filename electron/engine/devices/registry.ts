import { catalogue, parsedProfile } from '../profiles/catalogue.ts';
import type { Profile } from '../profiles/profile.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import type { Framing } from './family.ts';
import { openFroniusSolarApi } from './fronius-solar-api.ts';
import { openGoodwe } from './goodwe.ts';
import { registerProfileFamily } from './register-profile.ts';
import { openShellyGen1, openShellyGen2 } from './shelly.ts';
import { openSunSpec } from './sunspec.ts';

const FRAMINGS: Record<string, Framing> = { givenergy: 'givenergy' };

/** An adapter for a profile, ours or the owner's. */
export function profileAdapter(profile: Profile): OpenPlantAdapter {
  switch (profile.protocol) {
    case 'registers':
      return registerProfileFamily(profile, FRAMINGS[profile.id] ?? 'solarman-v5');
    case 'http-json':
    case 'mqtt':
      throw new Error(`no adapter for ${profile.protocol}`);
  }
}

/** Profiles are parsed when the first device of their family is opened. */
const fromCatalogue = Object.fromEntries(
  catalogue.map((input): [string, OpenPlantAdapter] => {
    let open: OpenPlantAdapter | undefined;
    return [input.id, (device, ports) => (open ??= profileAdapter(parsedProfile(input)))(device, ports)];
  }),
);

/** Every plant family by its id. */
export const plantAdapters: Record<string, OpenPlantAdapter> = {
  ...fromCatalogue,
  sunspec: openSunSpec,
  'fronius-solar-api': openFroniusSolarApi,
  'shelly-gen1': openShellyGen1,
  'shelly-gen2': openShellyGen2,
  goodwe: openGoodwe,
};
