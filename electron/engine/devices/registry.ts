import type { OpenPlantAdapter } from './adapter.ts';

/** Every plant family by its id. */
export const plantAdapters: Record<string, OpenPlantAdapter> = {};
