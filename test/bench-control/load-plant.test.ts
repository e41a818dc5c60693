import { LoadModel } from '#shared/control.ts';
import { describe, expect, test } from 'vitest';
import { advanceLoad, createLoadPlant, writeSetpoint } from '../bench/control/load-plant.ts';
import { isLevel, levelAtMost, loadSet } from '../bench/control/loads.ts';

const [l1] = loadSet('L1').loads as [LoadModel];
const [l2] = loadSet('L2').loads as [LoadModel];

function running(model: LoadModel, setpointW: number) {
  const load = createLoadPlant(model);
  writeSetpoint(load, setpointW, 0);
  for (let t = 0; t < 400; t++) advanceLoad(load);
  return load;
}

describe('the ASIC with a power target', () => {
  test('starts for 90 s at 150 W without hashing, then climbs at 15 W/s and hashes from its minimum on', () => {
    const load = createLoadPlant(l1);
    expect(writeSetpoint(load, 1500, 0)).toBe(true);
    const draws: number[] = [];
    const mined: number[] = [];
    for (let t = 0; t < 200; t++) {
      advanceLoad(load);
      draws.push(load.drawW);
      mined.push(load.miningW);
    }
    expect([0, 89, 90, 91, 142, 143, 179, 180].map((t) => draws[t])).toEqual([
      150, 150, 165, 180, 945, 960, 1500, 1500,
    ]);
    expect([89, 100, 141, 142, 180].map((t) => mined[t])).toEqual([0, 0, 0, 945, 1500]);
    expect(load.starts).toBe(1);
  });

  test('stops at 100 W/s without hashing, at any time', () => {
    const load = running(l1, 1000);
    expect(writeSetpoint(load, 0, 1)).toBe(true);
    advanceLoad(load);
    expect([load.drawW, load.miningW]).toEqual([900, 0]);
    for (let t = 0; t < 9; t++) advanceLoad(load);
    expect(load.drawW).toBe(0);
  });

  test.each([
    ['a raise after 59 s', 1000, 1200, 59, false],
    ['a raise after 60 s', 1000, 1200, 60, true],
    ['a lowering after 9 s', 1200, 1000, 9, false],
    ['a lowering after 10 s', 1200, 1000, 10, true],
    ['a stop after 1 s', 1200, 0, 1, true],
    ['the setpoint in force', 1200, 1200, 1, true],
    ['less than its minimum', 1200, 900, 100, false],
    ['more than its maximum', 1200, 3100, 100, false],
  ])('%s', (_, fromW, toW, afterS, taken) => {
    const load = running(l1, fromW);
    expect(writeSetpoint(load, toW, afterS)).toBe(taken);
    expect(load.setpointW).toBe(taken ? toW : fromW);
    expect(load.refused).toBe(taken ? 0 : 1);
    expect(load.writes).toBe(1 + (taken && toW !== fromW ? 1 : 0));
  });

  test('takes 900 writes a day and then only a stop', () => {
    const load = running(l1, 1000);
    for (let write = 1; write < 900; write++) expect(writeSetpoint(load, 1000 + (write % 2), write * 60)).toBe(true);
    expect(load.writes).toBe(900);
    expect(writeSetpoint(load, 1200, 900 * 60)).toBe(false);
    expect(writeSetpoint(load, 0, 900 * 60)).toBe(true);
  });
});

test('the ASIC with modes knows only its modes, 60 s apart', () => {
  const load = running(l2, 800);
  expect(writeSetpoint(load, 1000, 100)).toBe(false);
  expect(writeSetpoint(load, 1650, 100)).toBe(true);
  expect(writeSetpoint(load, 1300, 159)).toBe(false);
  expect(writeSetpoint(load, 1300, 160)).toBe(true);
});

test('standby draws and does not hash', () => {
  const load = createLoadPlant(LoadModel.parse({ ...l1, standbyW: 12 }));
  advanceLoad(load);
  expect([load.drawW, load.miningW]).toEqual([12, 0]);
});

test.each([
  ['L1', 943, 0],
  ['L1', 944, 944],
  ['L1', 4000, 3050],
  ['L2', 799, 0],
  ['L2', 1299, 800],
  ['L2', 2000, 1650],
  ['L3', 17, 0],
  ['L3', 35, 18],
  ['L3', 100, 100],
  ['L3', 119, 119],
  ['L3', 299, 298],
  ['L3', 300, 300],
  ['L3', 1401.5, 1401.5],
  ['L3', 5000, 1860],
] as const)('the largest sum of levels of %s within %d W is %d W', (set, powerW, sum) => {
  expect(loadSet(set).fit(powerW)).toBe(sum);
});

test('levels', () => {
  expect([943, 944.7, 9999].map((watts) => levelAtMost(l1, watts))).toEqual([0, 944, 3050]);
  expect([700, 1299, 1300].map((watts) => levelAtMost(l2, watts))).toEqual([0, 800, 1300]);
  expect([isLevel(l2, 1300), isLevel(l2, 1301)]).toEqual([true, false]);
});
