import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { normalize } from '#engine/devices/normalize/normalize.ts';
import { readProfile } from '#engine/devices/own-profile.ts';
import { tryDevice } from '#engine/devices/try-device.ts';
import { carloGavazzi } from '#engine/profiles/carlo-gavazzi.ts';
import { sampleLook } from '../profiles/sample-look.ts';
import { plantDevice, testPorts } from './plant.ts';

const own = { ...carloGavazzi, id: 'my-meter' };
const problems = (value: unknown) => {
  const read = readProfile('meter.json', typeof value === 'string' ? value : JSON.stringify(value));
  return read.outcome === 'failed' ? read.problems.join('\n') : '';
};

it('takes a sound profile', () => {
  expect(readProfile('meter.json', JSON.stringify(own))).toMatchObject({ outcome: 'ok', profile: { id: 'my-meter' } });
});

it.each([
  ['no JSON', '{"id":', 'meter.json is no JSON'],
  ['an unknown key', { ...own, powr: 1 }, 'powr'],
  ['an address out of range', { ...own, meter: { power: { at: 70_000, as: 'i32' } } }, 'meter.power'],
  ['an unknown type', { ...own, meter: { power: { at: 7, as: 'int' } } }, 'meter.power'],
  ['a sample without its reading', { ...own, samples: [{ name: 'x', raw: {} }] }, 'samples[0].expect'],
  ['an id of ours', { ...own, id: 'carlo-gavazzi' }, 'choose another'],
  ['no source', { ...own, source: '' }, 'source: name the document'],
])('names the file and the field: %s', (_, value, expected) => {
  expect(problems(value)).toContain(expected);
  expect(problems(value)).toContain('meter.json');
});

it('says so where a device answers but tells nothing', async () => {
  const silent = () => ({
    read: () => Promise.resolve({ outcome: 'ok' as const, atMs: 1, reading: {} }),
    close: () => Promise.resolve(),
  });
  const result = await tryDevice(plantDevice('meter', ['grid']), silent, testPorts());
  expect(result).toMatchObject({ outcome: 'failed', fault: { kind: 'unsupported' } });
});

it('watches a device for some seconds: how often it answered, and between what each value moved', async () => {
  const ports = testPorts();
  let reads = 0;
  const open = () => ({
    read: () => {
      reads += 1;
      const failed = { outcome: 'failed' as const, fault: { kind: 'timeout' as const, message: 'late' } };
      const reading = { import: 100 * reads, export: 0 };
      return Promise.resolve(reads === 3 ? failed : { outcome: 'ok' as const, atMs: ports.clock.now(), reading });
    },
    close: () => Promise.resolve(),
  });
  const trying = tryDevice(plantDevice('meter', ['grid'], { swapped: ['grid'] }), open, ports);
  await ports.clock.advance(20_000);
  expect(await trying).toEqual({
    outcome: 'ok',
    reading: { import: 0, export: 900 },
    seen: { readings: 8, missed: 1, ranges: { import: { least: 0, most: 0 }, export: { least: 100, most: 900 } } },
  });
});

it('asks a slow gateway once', async () => {
  let reads = 0;
  const open = () => ({
    minPollS: 10,
    read: () => Promise.resolve({ outcome: 'ok' as const, atMs: 1, reading: { production: (reads += 1) } }),
    close: () => Promise.resolve(),
  });
  expect(await tryDevice(plantDevice('envoy', ['production']), open, testPorts())).toMatchObject({ outcome: 'ok' });
  expect(reads).toBe(1);
});

it('the example of docs/add-a-device.md works as it stands there', () => {
  const guide = readFileSync(new URL('../../docs/add-a-device.md', import.meta.url), 'utf8');
  const read = readProfile('my-meter.json', /```json\n(.*?)```/s.exec(guide)?.[1] ?? '');
  expect(read.outcome === 'failed' ? read.problems : []).toEqual([]);
  if (read.outcome === 'failed') return;
  const [sample] = read.profile.samples;
  expect(sample && normalize(read.profile, sampleLook(read.profile, sample), ['grid'])).toEqual(sample?.expect);
});
