import { expect, it } from 'vitest';
import { normalize } from '#engine/devices/normalize/normalize.ts';
import { readProfile } from '#engine/devices/own-profile.ts';
import { jsonLook } from '#engine/devices/json-look.ts';
import {
  newRow,
  profileText,
  quantities,
  rowOf,
  type ProfileDraft,
} from '../../renderer/views/devices/profile/profile-text.ts';

const draft: ProfileDraft = {
  id: 'my-meter',
  protocol: 'registers',
  table: 'holding',
  words: 'high-first',
  page: '',
  rows: [
    { ...newRow('grid'), at: '40', as: 'i32', scale: '0.1', positive: 'export' },
    { ...newRow('gridVoltage'), at: '50' },
    { ...newRow('productionTotal'), at: '900', as: 'u64', scale: '1000' },
  ],
};

it('makes a profile of registers with blocks around what is near', () => {
  const read = readProfile('form', profileText(draft));
  expect(read).toMatchObject({
    outcome: 'ok',
    profile: {
      blocks: [
        { at: 40, count: 11 },
        { at: 900, count: 4 },
      ],
      quantities: { grid: { power: { at: 40, as: 'i32', scale: 0.1 }, positive: 'export' } },
    },
  });
});

it('makes a profile of a page that reads as the owner meant', () => {
  const rows = [
    { ...newRow('production'), at: 'pv.power', scale: '1000' },
    { ...newRow('battery'), at: 'battery.power', positive: 'discharge' as const },
  ];
  const read = readProfile('form', profileText({ ...draft, protocol: 'http-json', page: 'api/data', rows }));
  if (read.outcome === 'failed' || read.profile.protocol !== 'http-json') throw new Error(JSON.stringify(read));
  expect(read.profile.requests['page']?.path).toBe('/api/data');
  const payload = { pv: { power: 2.5 }, battery: { power: 300 } };
  expect(normalize(read.profile, jsonLook({ page: payload }, {}, {}), ['production', 'battery'])).toMatchObject({
    production: 2500,
    charge: 0,
    discharge: 300,
  });
});

it('every quantity of the form is one of a profile', () => {
  const rows = quantities.map((quantity, i) => ({ ...newRow(quantity), at: String(i * 2), as: 'i32' as const }));
  expect(readProfile('form', profileText({ ...draft, rows }))).toMatchObject({ outcome: 'ok' });
});

it('a message of the check finds its row', () => {
  const rows = [...draft.rows, { ...newRow('soc'), at: 'forty' }];
  const read = readProfile('form', profileText({ ...draft, rows }));
  if (read.outcome === 'ok') throw new Error('taken');
  expect(read.problems.map((message) => rowOf(message, rows)?.quantity)).toContain('soc');
});
