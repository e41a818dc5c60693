import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlantFamily } from '#shared/contract/devices.ts';
import type { Profile } from '../profiles/profile.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { describedProfile } from './families.ts';
import { readProfile, type ReadProfile } from './own-profile.ts';
import { plantAdapters, profileAdapter } from './registry.ts';

/** Our families and the owner's own, which lie as JSON files in a folder of the data directory. */
export interface OwnFamilies {
  adapter(family: string): OpenPlantAdapter | undefined;
  names(): string[];
  /** The owner's own, as the list of families shows them. */
  described(): PlantFamily[];
  /** What was wrong with files of the folder; those were left out. */
  problems: readonly string[];
  /** Keeps a checked profile as a file and makes its family available at once. */
  save(text: string): Promise<ReadProfile>;
  /** The profiles as they are kept. */
  texts(): { id: string; text: string }[];
  remove(id: string): Promise<void>;
}

interface Kept {
  profile: Profile;
  text: string;
  path: string;
  open: OpenPlantAdapter;
}

export async function openOwnFamilies(folder: string): Promise<OwnFamilies> {
  const own = new Map<string, Kept>();
  const problems: string[] = [];
  const keep = (profile: Profile, text: string, path: string) =>
    own.set(profile.id, { profile, text, path, open: profileAdapter(profile) });
  for (const file of await jsonFiles(folder)) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const read = readProfile(file, text);
    if (read.outcome === 'ok') keep(read.profile, text, path);
    else problems.push(...read.problems);
  }
  return {
    adapter: (family) =>
      own.get(family)?.open ?? (Object.hasOwn(plantAdapters, family) ? plantAdapters[family] : undefined),
    names: () => [...Object.keys(plantAdapters), ...own.keys()],
    described: () => [...own.values()].map(({ profile }) => ({ ...describedProfile(profile), own: true })),
    problems,
    async save(text) {
      const read = readProfile('the profile', text);
      if (read.outcome === 'failed') return read;
      const path = own.get(read.profile.id)?.path ?? join(folder, `${read.profile.id}.json`);
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
      keep(read.profile, text, path);
      return read;
    },
    texts: () => [...own.values()].map(({ profile: { id }, text }) => ({ id, text })),
    async remove(id) {
      const kept = own.get(id);
      if (!kept) return;
      await rm(kept.path, { force: true });
      own.delete(id);
    },
  };
}

async function jsonFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  } catch {
    return [];
  }
}
