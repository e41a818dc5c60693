import { LoadModel, type StepInput } from '#shared/control.ts';
import { initialState, step } from '#engine/control/step.ts';
import { createLoadPlant, advanceLoad, writeSetpoint } from './load-plant.ts';
import { loadSet } from './loads.ts';
import { createObserver } from './observe.ts';
import { advancePlant, createPlant } from './plant.ts';
import { DAY_START_MS, snapshotOf, WISH } from './policies/spillway.ts';
import { seededRandom } from './random.ts';
import { marketAt, settingsFor, siteFor } from './sites.ts';
import type { Trace } from './traces.ts';

const LOADS = 100;
const FROM_S = 8 * 3600;
const WARM_UP = 600;
const TICKS = 2000;
/** Every pass sees the same ticks; the median of a tick's times leaves out what other work on the machine does to it. */
const PASSES = 5;

/** 99th percentile of one step() with 100 loads of every kind on a plant large enough to move them all, ms. */
export function stepP99Ms(trace: Trace): number {
  const passes = Array.from({ length: PASSES }, () => timesOf(trace));
  const ticks = Array.from({ length: TICKS }, (_, tick) =>
    ranked(
      passes.map((times) => times[tick] ?? 0),
      0.5,
    ),
  );
  return ranked(ticks, 0.99);
}

const ranked = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

function timesOf(trace: Trace): number[] {
  const kinds = [...loadSet('L1').loads, ...loadSet('L2').loads, ...loadSet('L3').loads.slice(0, 4)];
  const models = Array.from({ length: LOADS }, (_, at) =>
    LoadModel.parse({ ...kinds[at % kinds.length], id: `load-${at}` }),
  );
  const site = siteFor('S1', trace);
  const settings = settingsFor(site, trace);
  const plant = createPlant(site);
  const loads = models.map(createLoadPlant);
  const observer = createObserver(plant, loads, seededRandom(1), trace.peakW);
  const setpoints = new Map<string, number>();
  const scale = 30;
  let state = initialState();
  const took: number[] = [];
  for (let tick = 0; tick < WARM_UP + TICKS; tick++) {
    const t = FROM_S + tick;
    const snapshot = snapshotOf(observer.observe(t));
    const input: StepInput = {
      tickMs: DAY_START_MS + t * 1000,
      snapshot,
      settings,
      loads: models,
      market: marketAt(site, t),
      wish: WISH,
    };
    const before = performance.now();
    const result = step(state, input);
    const after = performance.now();
    if (tick >= WARM_UP) took.push(after - before);
    state = result.state;
    for (const command of result.commands) setpoints.set(command.loadId, command.setpointW);
    let drawW = 0;
    for (const load of loads) {
      writeSetpoint(load, setpoints.get(load.model.id) ?? 0, t);
      advanceLoad(load);
      drawW += load.drawW;
    }
    advancePlant(plant, scale * (trace.potentialW[t] ?? 0), trace.demandW[t] ?? 0, drawW);
  }
  return took;
}
