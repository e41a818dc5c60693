import type { Look } from '#engine/devices/normalize/normalize.ts';
import { imageOf, registerLook } from '#engine/devices/register-image.ts';
import { jsonLook } from '#engine/devices/json-look.ts';
import type { Profile } from '#engine/profiles/profile.ts';

/** Text as registers: two ASCII characters each. */
const textWords = (text: string) =>
  Array.from(
    { length: Math.ceil(text.length / 2) },
    (_, i) => (text.charCodeAt(2 * i) << 8) | (text.charCodeAt(2 * i + 1) || 0),
  );

export function sampleLook(profile: Profile, sample: Profile['samples'][number]): Look {
  if (profile.protocol !== 'registers') return jsonLook(sample.raw, sample.setup ?? {}, profile.defaults);
  const raw = sample.raw as Record<string, Record<string, number | number[] | string>>;
  const parts = Object.entries(raw).flatMap(([key, words]) => {
    const [table, unit] = key.split('@');
    return Object.entries(words).map(([at, value]) => ({
      table: table as 'holding' | 'input',
      unit: unit === undefined ? profile.bus.unit : Number(unit),
      at: Number(at),
      words: typeof value === 'number' ? [value] : typeof value === 'string' ? textWords(value) : value,
    }));
  });
  return registerLook(profile, imageOf(parts), profile.bus.unit, sample.setup ?? {});
}
