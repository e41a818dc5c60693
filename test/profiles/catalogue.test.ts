import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wordsIn } from '#engine/devices/decode/registers.ts';
import { normalize } from '#engine/devices/normalize/normalize.ts';
import { validReading } from '#engine/devices/valid-reading.ts';
import { catalogue, parsedProfile } from '#engine/profiles/catalogue.ts';
import { gives } from '#engine/profiles/gives.ts';
import type { Profile, RegisterField } from '#engine/profiles/profile.ts';
import { sampleLook } from './sample-look.ts';

const FOLDER = new URL('../../electron/engine/profiles/', import.meta.url);
const NOT_PROFILES = new Set(['catalogue.ts', 'gives.ts', 'profile.ts', 'registers.ts', 'payloads.ts']);
const ALL_ROLES = ['production', 'battery', 'grid', 'demand'] as const;
/** Told for identification only; a sample need not show them. */
const TEXTS = new Set<string>(['model', 'firmware', 'serial']);

const profiles = catalogue.map((input) => parsedProfile(input));

describe('the catalogue', () => {
  it('holds every profile of every file of the folder', async () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !NOT_PROFILES.has(name));
    const found: string[] = [];
    for (const file of files) {
      const exported = Object.values((await import(new URL(file, FOLDER).href)) as Record<string, { id?: string }>);
      expect(exported.length, `${file} exports no profile`).toBeGreaterThan(0);
      found.push(...exported.flatMap(({ id }) => (id === undefined ? [] : [id])));
    }
    expect(found.toSorted()).toEqual(profiles.map(({ id }) => id).toSorted());
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(28);
  });

  it.each(profiles.map((profile) => [profile.id, profile] as const))(
    '%s: samples become their readings',
    (_, profile) => {
      expect(profile.samples.length, `${profile.id}: give at least one sample`).toBeGreaterThan(0);
      const shown = new Set<string>();
      for (const sample of profile.samples) {
        const reading = normalize(profile, sampleLook(profile, sample), sample.roles ?? ALL_ROLES);
        expect(rounded(reading), `${profile.id}: ${sample.name}`).toEqual(rounded(sample.expect));
        expect(validReading(reading).dropped).toEqual([]);
        for (const quantity of Object.keys(sample.expect)) shown.add(quantity);
      }
      const silent = gives(profile).filter((quantity) => !shown.has(quantity) && !TEXTS.has(quantity));
      expect(silent.length, `${profile.id}: no sample shows ${silent.join(', ')}`).toBeLessThanOrEqual(3);
    },
  );

  it.each(profiles.filter((p) => p.protocol === 'registers').map((p) => [p.id, p] as const))(
    '%s: every number lies in a block',
    (_, profile) => {
      const fields = fieldsOf(profile);
      expect(fields.length).toBeGreaterThan(0);
      for (const { at, as, length, table, unit } of fields) {
        const words = as === 'text' ? (length ?? 8) : wordsIn(as);
        const block = profile.blocks.find(
          (b) =>
            (b.table ?? profile.table) === (table ?? profile.table) &&
            b.unit === unit &&
            b.at <= at &&
            at + words <= b.at + b.count,
        );
        expect(block, `${profile.id}: ${as}(${at}) lies in no block`).toBeDefined();
      }
    },
  );
});

const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, v: unknown) => (typeof v === 'number' ? Math.round(v * 10) / 10 : v));

function fieldsOf(profile: Profile): RegisterField[] {
  const found: RegisterField[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('at' in value && 'as' in value) found.push(value as RegisterField);
    Object.values(value).forEach(visit);
  };
  const { quantities, meter, status, chargerStage, generatorRunning, curtailment } = profile;
  visit([quantities, meter, status, chargerStage, generatorRunning, curtailment]);
  return found;
}
