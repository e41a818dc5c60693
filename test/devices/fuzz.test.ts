import { expect, it } from 'vitest';
import { normalize } from '#engine/devices/normalize/normalize.ts';
import { catalogue, parsedProfile } from '#engine/profiles/catalogue.ts';
import { fuzz } from './fuzz.ts';
import { frameDecoders } from './frames.ts';
import { bytesDecoders, jsonDecoders } from './replies.ts';

it('5,000 mutated replies: nothing thrown, nothing absurd accepted', () => {
  expect(fuzz(20_261_122, 5000).decoders).toBeGreaterThan(60);
});

it.each(frameDecoders.map((decoder) => [decoder.name, decoder] as const))('%s: reads its frame', (_, decoder) => {
  expect(decoder.read(decoder.reply)).toMatchObject({ outcome: 'ok', words: { length: decoder.request.count } });
});

it.each(jsonDecoders.map((decoder) => [decoder.name, decoder] as const))(
  '%s: reads its reply, and nothing from an empty one',
  (_, decoder) => {
    expect(Object.keys(decoder.read(decoder.reply)).length).toBeGreaterThan(0);
    for (const empty of [null, {}, [], '', 0])
      expect(Object.values(decoder.read(empty)).filter((value) => typeof value === 'number')).toEqual([]);
  },
);

it.each(bytesDecoders.map((decoder) => [decoder.name, decoder] as const))(
  '%s: reads its bytes, and nothing from half of them',
  (_, decoder) => {
    const [reading] = decoder.read(decoder.bytes);
    expect(reading?.export === 0 || reading?.import === 0 || (reading?.production ?? 0) > 0).toBe(true);
    expect(decoder.read(decoder.bytes.subarray(0, 12))).toEqual([]);
  },
);

it.each(catalogue.map((input) => [input.id, input] as const))(
  '%s: without any answer nothing is known, least of all nought',
  (_, input) => {
    expect(normalize(parsedProfile(input), () => undefined, ['production', 'battery', 'grid', 'demand'])).toEqual({});
  },
);
