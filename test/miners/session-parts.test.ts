import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadModel } from '#shared/control.ts';
import { backOffMs } from '#engine/miners/back-off.ts';
import { drawAtHashrate, learn, type Curve } from '#engine/miners/curve.ts';
import { bestDraw, calibrate } from '#engine/miners/draw.ts';
import { freshWatch, watchOver, type Watch } from '#engine/miners/health.ts';
import { levelAtOrBelow } from '#engine/miners/levels.ts';
import { escalate, hasStopped, judge, settleS, type Asked, type Seen } from '#engine/miners/obedience.ts';
import { nextStopPhase, type StopPhase } from '#engine/miners/stop-order.ts';
import { afterWrite, wearOn } from '#engine/miners/wear.ts';
import type { LoadReading } from '#shared/reading.ts';

const ASIC = LoadModel.parse({
  id: 'asic',
  name: 'Asic',
  kind: 'miner',
  levels: { kind: 'range', minW: 900, maxW: 3000, stepW: 50 },
  startS: 90,
  standbyW: 20,
  rampUpWps: 15,
  rampDownWps: 100,
});
const MIN = 60_000;

describe('levels', () => {
  const range = ASIC.levels;
  const steps = { kind: 'steps', watts: [65, 100, 140] } as const;
  it.each([
    [range, 899, 0],
    [range, 900, 900],
    [range, 1049, 1000],
    [range, 9000, 3000],
    [{ ...steps, watts: [...steps.watts] }, 60, 0],
    [{ ...steps, watts: [...steps.watts] }, 99, 100],
    [{ ...steps, watts: [...steps.watts] }, 139, 140],
    [{ ...steps, watts: [...steps.watts] }, 120, 100],
    [{ ...steps, watts: [...steps.watts] }, 0, 0],
  ])('%j at %d W is %d W', (levels, setpointW, levelW) => {
    expect(levelAtOrBelow(levels, setpointW)).toBe(levelW);
  });
});

describe('obedience', () => {
  const stop: Asked = { levelW: 0, sinceMs: 0, fromW: 3000 };
  const start: Asked = { levelW: 1500, sinceMs: 0, fromW: 20 };
  const lower: Asked = { levelW: 1500, sinceMs: 0, fromW: 3000 };
  const measured = (draw: number, rest: Seen = {}): Seen => ({ draw, drawSource: 'measured', ...rest });

  it.each<[string, Asked, Seen, number, string]>([
    ['stopped: all agree', stop, measured(18, { hashrate: 0, state: 'paused' }), 1, 'obeys'],
    ['stopping', stop, measured(2000, { hashrate: 50, state: 'mining' }), 30, 'settling'],
    [
      'said ok and runs on (S21+, asic-rs #310)',
      stop,
      measured(3000, { hashrate: 100, state: 'mining' }),
      120,
      'disobeys',
    ],
    ['status says paused, watts say no', stop, measured(2900, { hashrate: 0, state: 'paused' }), 120, 'disobeys'],
    [
      'an estimated draw proves nothing',
      stop,
      { draw: 2900, drawSource: 'estimated', hashrate: 0, state: 'paused' },
      90,
      'obeys',
    ],
    ['nothing known', stop, {}, 900, 'unknown'],
    ['starting', start, measured(150, { hashrate: 0, state: 'starting' }), 60, 'settling'],
    ['resume that did not take (Braiins)', start, measured(20, { hashrate: 0, state: 'paused' }), 400, 'disobeys'],
    ['runs', start, measured(1480, { hashrate: 60, state: 'mining' }), 400, 'obeys'],
    ['lowered, not followed yet', lower, measured(3000, { hashrate: 100, state: 'mining' }), 60, 'settling'],
    ['lowered, never followed', lower, measured(3000, { hashrate: 100, state: 'mining' }), 300, 'disobeys'],
    ['draws less than asked: safe', lower, measured(1000, { hashrate: 40, state: 'mining' }), 300, 'obeys'],
  ])('%s', (_name, asked, seen, seconds, verdict) => {
    expect(judge(ASIC, asked, seen, seconds * 1000).is).toBe(verdict);
  });

  it.each<[string, Seen, boolean]>([
    ['hashing has ended', measured(900, { hashrate: 0, state: 'mining' }), true],
    ['paused, its average trails behind, its draw falls', measured(1200, { hashrate: 60, state: 'paused' }), true],
    ['says paused, and draws as before', measured(2950, { hashrate: 100, state: 'paused' }), false],
    ['paused, of unknown draw', { hashrate: 60, state: 'paused' }, true],
    ['nothing known', {}, false],
  ])('for quitting: %s', (_name, seen, stopped) => {
    expect(hasStopped(ASIC, stop, seen)).toBe(stopped);
  });

  it('gives a start its time and a stop little', () => {
    expect(settleS(ASIC, start)).toBeGreaterThan(90 + 1480 / 15);
    expect(settleS(ASIC, stop)).toBeLessThan(120);
  });

  it.each([
    [1, stop, true, 'retry'],
    [2, stop, true, 'retry'],
    [3, stop, true, 'plug'],
    [3, stop, false, 'alarm'],
    [3, start, true, 'alarm'],
  ] as const)('time %d', (time, asked, plug, next) => {
    expect(escalate(time, asked, plug)).toBe(next);
  });
});

describe('stop order', () => {
  const still: Seen = { draw: 18, drawSource: 'plug', hashrate: 0, state: 'paused' };
  const runs: Seen = { draw: 2000, drawSource: 'plug', hashrate: 50, state: 'mining' };
  const cut = { run: false, cut: true, force: false };
  const cooling: StopPhase = { is: 'cooling', sinceMs: 0 };

  it.each<[string, StopPhase, typeof cut, Seen, number, StopPhase['is']]>([
    ['hashing: the relay stays closed', { is: 'powered' }, cut, runs, 10, 'powered'],
    ['paused: fans first', { is: 'powered' }, cut, still, 10, 'cooling'],
    ['fans run', cooling, cut, still, 89, 'cooling'],
    ['then the plug', cooling, cut, still, 90, 'cut'],
    ['hashes again while cooling', cooling, cut, runs, 60, 'powered'],
    ['wanted again', { is: 'cut' }, { ...cut, run: true }, {}, 0, 'powered'],
    ['owner wants no cut', cooling, { ...cut, cut: false }, still, 900, 'powered'],
    ['does not obey', { is: 'powered' }, { ...cut, force: true }, runs, 0, 'cut'],
    ['stays cut', { is: 'cut' }, cut, {}, 0, 'cut'],
  ])('%s', (_name, phase, wish, seen, seconds, next) => {
    expect(nextStopPhase(phase, wish, ASIC, seen, seconds * 1000).is).toBe(next);
  });
});

describe('wear', () => {
  it('counts by the days of the site', () => {
    const evening = Date.UTC(2026, 5, 21, 21, 59);
    const wear = afterWrite(afterWrite(wearOn(undefined, evening, 'Europe/Berlin'), true), false);
    expect(wear).toEqual({ day: '2026-06-21', starts: 1, writes: 2 });
    expect(wearOn(wear, evening + 30_000, 'Europe/Berlin')).toBe(wear);
    expect(wearOn(wear, evening + MIN, 'Europe/Berlin')).toEqual({ day: '2026-06-22', starts: 0, writes: 0 });
  });
});

describe('back-off', () => {
  it('doubles up to a minute, spread by a quarter', () => {
    expect([1, 2, 3, 7, 30].map((n) => backOffMs(n, 0.5))).toEqual([1000, 2000, 4000, 60_000, 60_000]);
    expect([backOffMs(2, 0), backOffMs(2, 0.9999)].map(Math.round)).toEqual([1500, 2500]);
  });
});

describe('curve and draw', () => {
  it('stays ascending and finds its own points', () => {
    const point = fc.tuple(
      fc.double({ min: 10, max: 4000, noNaN: true }),
      fc.double({ min: 0.1, max: 200, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const curve = points.reduce<Curve>((known, [w, ths]) => learn(known, w, ths), []);
        expect(curve.every((p, i) => i === 0 || p.drawW >= (curve[i - 1]?.drawW ?? 0))).toBe(true);
        expect(curve.length).toBeLessThanOrEqual(24);
      }),
    );
  });

  const curve = [
    { drawW: 1000, hashrateThs: 40 },
    { drawW: 3000, hashrateThs: 100 },
  ];
  it.each([
    [40, 1000],
    [70, 2000],
    [100, 3000],
    [20, 500],
    [0, undefined],
  ])('%d TH/s', (ths, watts) => expect(drawAtHashrate(curve, ths)).toBe(watts));

  it('takes the plug before the miner before the curve, and says which', () => {
    const mining: LoadReading = { state: 'mining', draw: 1000, drawSource: 'measured', hashrate: 70 };
    expect(bestDraw(mining, 1070, {}, curve)).toEqual({ draw: 1070, drawSource: 'plug' });
    expect(bestDraw(mining, undefined, {}, curve)).toEqual({ draw: 1000, drawSource: 'measured' });
    expect(bestDraw({ state: 'mining', hashrate: 70 }, undefined, {}, curve)).toEqual({
      draw: 2000,
      drawSource: 'estimated',
    });
    expect(bestDraw({ state: 'mining' }, undefined, {}, curve)).toBeUndefined();
    const known = calibrate(calibrate({}, mining, 1070, 180), { state: 'paused' }, 14, 180);
    expect(known).toEqual({ factor: 1.07, standbyW: 14 });
    expect(bestDraw(mining, undefined, known, curve)).toEqual({ draw: 1070, drawSource: 'estimated' });
    expect(bestDraw({ state: 'paused' }, undefined, known, curve)).toEqual({ draw: 14, drawSource: 'estimated' });
    expect(calibrate({}, mining, 5000, 180)).toEqual({});
    // Told to pause, its draw still falls.
    expect(calibrate(known, { state: 'paused' }, 900, 180)).toBe(known);
  });
});

describe('health', () => {
  const mining: LoadReading = {
    state: 'mining',
    uptime: 100,
    acceptedShares: 10,
    temperature: 60,
    fanRpm: 4000,
    poolAlive: true,
    draw: 18,
  };

  function play(readings: [number, Partial<LoadReading>][]) {
    let watch: Watch = freshWatch;
    return readings.map(([minute, change]) => {
      const found = watchOver(
        watch,
        'Axe',
        undefined,
        { ...mining, uptime: 100 + minute * 60, ...change },
        minute * MIN,
      );
      watch = found.watch;
      return found;
    });
  }
  const ids = (found: ReturnType<typeof play>) => found.map(({ events }) => events.map((e) => e.id).join());

  it('restarts a miner whose shares stopped, once', () => {
    const found = play([
      [0, {}],
      [1, { acceptedShares: 11 }],
      [2, { acceptedShares: 12 }],
      [10, { acceptedShares: 12 }],
      [15, { acceptedShares: 12 }],
      [16, { acceptedShares: 12 }],
    ]);
    expect(ids(found)).toEqual(['', '', '', '', 'shares-stopped', '']);
    expect(found.map((f) => f.restart)).toEqual([false, false, false, false, true, false]);
  });

  it('goes by the clock of the miner where ours is set', () => {
    let watch: Watch = freshWatch;
    for (let minute = 0; minute < 10; minute += 1) {
      const setMs = minute < 5 ? 0 : minute < 7 ? 3_600_000 : -3_600_000;
      const seen = { ...mining, uptime: 100 + minute * 60, acceptedShares: 10 + Math.min(minute, 4) };
      const found = watchOver(watch, 'Axe', undefined, seen, minute * MIN + setMs);
      expect(found.events).toEqual([]);
      watch = found.watch;
    }
    expect(watch.shareEveryMs).toBeCloseTo(MIN, 0);
  });

  it('waits long where shares are rare', () => {
    const found = play([
      [0, {}],
      [60, { acceptedShares: 11 }],
      [400, { acceptedShares: 11 }],
    ]);
    expect(ids(found)).toEqual(['', '', '']);
  });

  it.each([
    ['hot', { temperature: 74 }, undefined],
    ['fan-stopped', { fanRpm: 0 }, 'fan-stopped'],
    ['pool-dead', { poolAlive: false }, 'pool-dead'],
  ])('%s is said once while it lasts, and again when it comes back', (id, change, hold) => {
    const found = play([
      [0, {}],
      [1, change],
      [7, change],
      [8, change],
      [9, {}],
      [10, change],
      [16, change],
    ]);
    expect(ids(found).filter((said) => said !== '')).toEqual([id, id]);
    expect(found.map((one) => one.hold?.id).filter(Boolean)[0]).toBe(hold);
    expect(found[4]?.hold).toBeUndefined();
  });

  it('takes one beat of a still fan and a short change of pools for no trouble', () => {
    const found = play([
      [0, {}],
      [1, { fanRpm: 0, poolAlive: false }],
      [1.5, { fanRpm: 0, poolAlive: false }],
      [1.9, {}],
      [3, { fanRpm: 0, poolAlive: false }],
    ]);
    expect(ids(found)).toEqual(['', '', '', '', '']);
  });

  it('leaves a miner alone whose fan never turned: it sits in oil or behind a water block', () => {
    const found = play([0, 1, 5, 60].map((minute) => [minute, { fanRpm: 0, acceptedShares: 10 + minute }]));
    expect(found.map(({ hold }) => hold)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('warns before it stops, and of a limit of the owner three degrees before', () => {
    const limited = { ...ASIC, maxTemperatureC: 65 };
    const said = (temperature: number, model?: LoadModel) =>
      watchOver(freshWatch, 'Axe', model, { ...mining, temperature }, 0).events[0]?.message;
    expect(said(71)).toBeUndefined();
    expect(said(73)).toMatch(/73 °C and is stopped above 74 °C/);
    expect(said(73, ASIC)).toBeUndefined();
    expect(said(89, ASIC)).toMatch(/above 95 °C/);
    expect(said(62, limited)).toMatch(/above 65 °C/);
    expect(said(61, limited)).toBeUndefined();
  });

  it('takes a new uptime after a command of ours for no loop', () => {
    let watch: Watch = freshWatch;
    for (let minute = 0; minute < 20; minute++) {
      const found = watchOver(watch, 'Axe', undefined, { ...mining, uptime: minute % 2 ? 3 : 900 }, minute * MIN, true);
      watch = found.watch;
      expect({ hold: found.hold, events: found.events }).toEqual({ hold: undefined, events: [] });
    }
  });

  it('notices reboots and loops of them', () => {
    const found = play([
      [0, { uptime: 9000 }],
      [1, { uptime: 10 }],
      [2, { uptime: 3 }],
      [3, { uptime: 9000 }],
      [4, { uptime: 1 }],
      [5, { uptime: 900 }],
      [6, { uptime: 2 }],
    ]);
    expect(found.map((f) => f.rebooted)).toEqual([false, true, true, false, true, false, true]);
    expect(ids(found).at(-1)).toBe('restart-loop');
    expect(found.at(-1)?.hold?.id).toBe('restart-loop');
  });
});
