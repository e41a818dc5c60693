import type { OpenPlantAdapter } from './adapter.ts';
import { openFroniusSolarApi } from './fronius-solar-api.ts';
import { openShellyGen1, openShellyGen2 } from './shelly.ts';
import { openSunSpec } from './sunspec.ts';

/** Every plant family by its id. */
export const plantAdapters: Record<string, OpenPlantAdapter> = {
  sunspec: openSunSpec,
  'fronius-solar-api': openFroniusSolarApi,
  'shelly-gen1': openShellyGen1,
  'shelly-gen2': openShellyGen2,
};
