import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenPlantAdapter } from './adapter.ts';
import { readProfile, type ReadProfile } from './own-profile.ts';
import { plantAdapters, profileAdapter } from './registry.ts';

/** Our families and the owner's own, which lie as JSON files in a folder of the data directory. */
export interface OwnFamilies {
  adapter(family: string): OpenPlantAdapter | undefined;
  names(): string[];
  /** What was wrong with files of the folder; those were left out. */
  problems: readonly string[];
  /** Keeps a checked profile as a file and makes its family available at once. */
  save(text: string): Promise<ReadProfile>;
}

export async function openOwnFamilies(folder: string): Promise<OwnFamilies> {
  const own = new Map<string, OpenPlantAdapter>();
  const problems: string[] = [];
  for (const file of await jsonFiles(folder)) {
    const read = readProfile(file, await readFile(join(folder, file), 'utf8'));
    if (read.outcome === 'ok') own.set(read.profile.id, profileAdapter(read.profile));
    else problems.push(...read.problems);
  }
  return {
    adapter: (family) => own.get(family) ?? (Object.hasOwn(plantAdapters, family) ? plantAdapters[family] : undefined),
    names: () => [...Object.keys(plantAdapters), ...own.keys()],
    problems,
    async save(text) {
      const read = readProfile('the profile', text);
      if (read.outcome === 'failed') return read;
      const path = join(folder, `${read.profile.id}.json`);
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
      own.set(read.profile.id, profileAdapter(read.profile));
      return read;
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
