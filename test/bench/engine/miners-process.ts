// The grid meter and 40 miners. Every few seconds phase 1 passes its fuse; what is told is how long it then takes until a
// command that lowers arrives at a miner. Both instants are taken in this process, by one clock.
import { serveAxeos } from '#engine/simulator/axeos-server.ts';
import { serveCgminer } from '#engine/simulator/cgminer-server.ts';
import { createMiner, type Miner } from '#engine/simulator/miner.ts';
import { sunspecImage } from '../../devices/sunspec-image.ts';
import { serveModbus } from './serve-modbus.ts';
import { isAsic, MINERS, PHASE_W, PRODUCTION_W, specOf } from './site.ts';

const DEMAND_W = 1000;
/** A meter that repeats itself to the digit counts as frozen. */
const NOISE_W = 10;
const STEP_MS = 250;
/** A pulse nobody answered by then counts with what it has waited. */
const GIVEN_UP_MS = 15_000;
/** Between two pulses; spread, so that they meet the poll at any phase. */
const PAUSE_MS = { least: 2500, spread: 3000 };
const SCALE = { W: 18, phaseW: 19, factor: 22 };

const { words, at, base } = sunspecImage();
const point = (offset: number) => (at['model203'] ?? 0) - base + offset;
const put = (offset: number, watts: number) => (words[point(offset)] = Math.round(watts) & 0xffff);
words[point(SCALE.factor)] = 0;

const miners: Miner[] = [];
let overSinceMs: number | undefined;
let pulsesFromMs = Infinity;
let nextPulseMs = 0;
let latencies: number[] = [];

function heard(): void {
  if (overSinceMs === undefined) return;
  latencies.push(performance.now() - overSinceMs);
  calm();
}

function calm(): void {
  overSinceMs = undefined;
  put(SCALE.phaseW, PHASE_W.calm);
  nextPulseMs = performance.now() + PAUSE_MS.least + PAUSE_MS.spread * Math.random();
}

/** Told when the miner is asked for less than before. */
function watched(miner: Miner): Miner {
  return new Proxy(miner, {
    set(target, key, value: unknown) {
      const less = key === 'targetW' ? Number(value) < target.targetW : key === 'wanted' && value === 'pause';
      if (less) heard();
      return Reflect.set(target, key, value);
    },
  });
}

setInterval(() => {
  for (const miner of miners) miner.step(STEP_MS / 1000);
  const drawW = miners.reduce((sum, miner) => sum + miner.drawW, 0);
  put(SCALE.W, DEMAND_W + drawW - PRODUCTION_W + NOISE_W * (Math.random() - 0.5));
}, STEP_MS);

setInterval(() => {
  const nowMs = performance.now();
  if (overSinceMs !== undefined && nowMs - overSinceMs > GIVEN_UP_MS) heard();
  if (overSinceMs !== undefined || nowMs < pulsesFromMs || nowMs < nextPulseMs) return;
  put(SCALE.phaseW, PHASE_W.over);
  overSinceMs = nowMs;
}, 5);

calm();
const ports: number[] = [];
for (let i = 0; i < MINERS; i += 1) {
  const miner = createMiner(specOf(i), i);
  miners.push(miner);
  const served = isAsic(i)
    ? await serveCgminer(watched(miner), () => Date.now())
    : await serveAxeos(watched(miner), `miner-${i}`, () => undefined);
  ports.push(served.port);
}
const meter = await serveModbus(words, base);

process.on('message', (order: 'begin' | 'end') => {
  if (order === 'begin') {
    latencies = [];
    pulsesFromMs = performance.now();
    return;
  }
  process.send?.({ latencies, running: miners.filter(({ phase }) => phase === 'mining').length });
});
process.send?.({ meter: meter.port, miners: ports });
process.once('disconnect', () => process.exit(0));
