import { normalize } from '#engine/devices/normalize/normalize.ts';
import { sunspecReading } from '#engine/devices/sunspec-reading.ts';
import { MODELS } from '#engine/devices/sunspec-models.ts';
import { validReading } from '#engine/devices/valid-reading.ts';
import { catalogue, parsedProfile } from '#engine/profiles/catalogue.ts';
import type { Profile } from '#engine/profiles/profile.ts';
import { parseBounded } from '#engine/transports/bounded-json.ts';
import { PlantReading } from '#shared/reading.ts';
import { sampleLook } from '../profiles/sample-look.ts';
import { frameDecoders, fuzzFrame } from './frames.ts';
import { mutateBytes, mutateJson, mutateWords, seeded } from './mutate.ts';
import { bytesDecoders, jsonDecoders } from './replies.ts';

const ROLES = ['production', 'battery', 'grid', 'demand'] as const;

/** Decodes `count` mutated replies; throws with the seed and decoder where one throws or lets nonsense through. */
export function fuzz(seed: number, count: number): { decoded: number; decoders: number } {
  const random = seeded(seed);
  const profiles = catalogue.map((input) => parsedProfile(input));
  const makers: (() => PlantReading[])[] = [
    ...profiles.map((profile) => () => [mutatedSample(profile, random)]),
    ...jsonDecoders.map((decoder) => () => [decoder.read(mutateJson(decoder.reply, random))]),
    ...bytesDecoders.map((decoder) => () => decoder.read(mutateBytes(decoder.bytes, random))),
    ...frameDecoders.map((decoder) => () => (fuzzFrame(decoder, random), [])),
    () => [mutatedSunSpec(random)],
    () => mutatedText(random),
  ];
  for (let i = 0; i < count; i++) {
    const maker = i % makers.length;
    try {
      for (const reading of makers[maker]?.() ?? []) accept(reading);
    } catch (error) {
      throw new Error(`seed ${seed}, reply ${i}, decoder ${maker}`, { cause: error });
    }
  }
  return { decoded: count, decoders: makers.length };
}

/** What the session keeps of a reading must be within range, whatever came. */
function accept(reading: PlantReading): void {
  const { reading: kept } = validReading(reading);
  PlantReading.parse(kept);
  for (const [quantity, value] of Object.entries(kept))
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${quantity} is ${value}`);
}

function mutatedSample(profile: Profile, random: () => number): PlantReading {
  const sample = profile.samples[Math.floor(random() * profile.samples.length)];
  if (!sample) return {};
  const raw =
    profile.protocol === 'registers'
      ? mutatedRegisters(sample.raw, random)
      : (mutateJson(sample.raw, random) as Record<string, unknown>);
  const object = typeof raw === 'object' && raw !== null ? raw : {};
  return normalize(profile, sampleLook(profile, { ...sample, raw: object }), sample.roles ?? ROLES);
}

function mutatedRegisters(raw: unknown, random: () => number): Record<string, Record<string, number[]>> {
  const tables = Object.entries(raw as Record<string, Record<string, number | number[] | string>>);
  return Object.fromEntries(
    tables.map(([table, words]) => [
      table,
      Object.fromEntries(
        Object.entries(words)
          .filter(() => random() > 0.05)
          .map(([at, value]) => [
            at,
            mutateWords(Array.isArray(value) ? value : typeof value === 'number' ? [value] : [0x4142], random),
          ]),
      ),
    ]),
  );
}

function mutatedSunSpec(random: () => number): PlantReading {
  const ids = Object.keys(MODELS).map(Number);
  const models = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
    const id = ids[Math.floor(random() * ids.length)] ?? 103;
    return {
      id,
      words: mutateWords([id, 150, ...Array.from({ length: 150 }, () => Math.floor(random() * 65_536))], random),
    };
  });
  const manufacturer = random() < 0.5 ? 'SolarEdge' : 'Other';
  return sunspecReading(models, { manufacturer }, { roles: ROLES, meter: 1 });
}

function mutatedText(random: () => number): PlantReading[] {
  const text = Buffer.from(mutateBytes(Buffer.from(JSON.stringify(jsonDecoders[0]?.reply)), random)).toString('utf8');
  const parsed = parseBounded(text);
  return parsed.ok ? [jsonDecoders[0]?.read(parsed.value) ?? {}] : [];
}
