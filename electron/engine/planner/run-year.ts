import type { Snapshot, StepInput } from '#shared/control.ts';
import type { Slot } from '#engine/accounting/close-slot.ts';
import { unlearnedBias } from '#engine/accounting/offset.ts';
import { SLOT_MS } from '#engine/accounting/open-slot.ts';
import { ratesOf } from '#engine/accounting/rates.ts';
import { holdSlots } from '#engine/accounting/hold-rates.ts';
import { initialState, step } from '#engine/control/step.ts';
import { MINUTE_MS } from './calendar-year.ts';
import { seededRandom } from './random.ts';
import { advance, command, createDevice, type Device } from './device.ts';
import { balance, emptyBalance, store, type Balance } from './plant.ts';
import type { Scene } from './scene.ts';

/** The site's minutes: what could be made and what is used before our loads. */
export interface Minutes {
  startMs: number;
  potentialW: Float32Array;
  demandW: Float32Array;
  minuteOfDay: Uint16Array;
  weekday: Uint8Array;
}

export interface Listener {
  /** Each minute, with the loads and without; both are used again for the next. */
  minute(i: number, mining: Balance, usual: Balance, running: boolean): void;
  slot(slot: Slot): void;
}

const WISH: StepInput['wish'] = { mode: 'surplus', stopped: false, commissioned: true, engineStopping: false };
const STATES = { off: 'paused', starting: 'starting', on: 'mining' } as const;
const HOURS = 1 / 60;
/** Every meter has some; one that repeats itself to the digit is rightly taken for a frozen one. As in the control bench. */
const METER_NOISE_W = 5;

/**
 * Drives the shipped step() and the shipped accounting over the minutes, as loop.ts drives them: what the meter shows at
 * the start of a minute is decided on, the loads follow, and the minute's means go into the ledger. Beside it the same
 * site without loads.
 * @param from,to part of the minutes; the state goes on from one part to the next
 */
export function createRun(scene: Scene, minutes: Minutes, listener: Listener) {
  const { plant, settings, loads } = scene;
  const devices = loads.map(createDevice);
  const byId = new Map(devices.map((device) => [device.model.id, device]));
  const storedWh = ((plant.battery?.capacityWh ?? 0) * scene.startPercent) / 100;
  const mining = { storedWh };
  const usual = { storedWh };
  const withLoads = emptyBalance();
  const without = emptyBalance();
  const seen = emptyBalance();
  const shown = showSite(scene, devices);
  const booked = showSite(scene, devices);
  const { uniform } = seededRandom(1);
  const noise = () => (2 * uniform() - 1) * METER_NOISE_W;
  let state = initialState();
  const slots = holdSlots(
    minutes.startMs,
    loads.map(({ id }) => id),
  );

  function minute(i: number): void {
    const potentialW = minutes.potentialW[i] as number;
    const demandW = minutes.demandW[i] as number;
    const tickMs = minutes.startMs + i * MINUTE_MS;
    let drawW = 0;
    for (const device of devices) drawW += device.drawW;
    balance(plant, mining, potentialW, demandW, drawW, HOURS, seen);
    shown.show(seen, tickMs, 'now', noise);
    const market = scene.market(minutes.weekday[i] as number, minutes.minuteOfDay[i] as number);
    const result = step(state, {
      tickMs,
      periodMs: MINUTE_MS,
      snapshot: shown.snapshot,
      settings,
      loads,
      market,
      wish: WISH,
    });
    state = result.state;
    for (const { loadId, setpointW } of result.commands) {
      const device = byId.get(loadId) as Device;
      if (command(device, setpointW)) slots.countStart(loadId);
    }
    drawW = 0;
    let running = false;
    for (const device of devices) {
      advance(device, 60);
      drawW += device.meanDrawW;
      running ||= device.meanThs > 0 || device.phase === 'on';
    }
    balance(plant, mining, potentialW, demandW, drawW, HOURS, withLoads);
    booked.show(withLoads, tickMs, 'mean', exact);
    const rates = ratesOf(
      { atMs: tickMs, snapshot: booked.snapshot, decision: result.decision, settings, market, loads },
      scene.equipment,
      unlearnedBias,
    );
    slots.add(rates, MINUTE_MS);
    store(plant, mining, withLoads, HOURS);
    balance(plant, usual, potentialW, demandW, 0, HOURS, without);
    store(plant, usual, without, HOURS);
    listener.minute(i, withLoads, without, running);
    if ((tickMs + MINUTE_MS) % SLOT_MS === 0) listener.slot(slots.close());
  }

  return {
    advance(from: number, to: number): void {
      for (let i = from; i < to; i += 1) minute(i);
    },
    starts: () => devices.map(({ starts }) => starts),
  };
}

const stateCell = (): { value: (typeof STATES)[keyof typeof STATES]; atMs: number } => ({ value: 'paused', atMs: 0 });

const exact = () => 0;

/** What an owner's devices would show, in one snapshot that is written anew each time: nothing is allocated per minute. */
function showSite(scene: Scene, devices: readonly Device[]) {
  const { plant, settings } = scene;
  const cell = () => ({ value: 0, atMs: 0 });
  const production = cell();
  const demand = cell();
  const imported = cell();
  const exported = cell();
  const charge = cell();
  const discharge = cell();
  const soc = cell();
  const batteryFull = { value: false, atMs: 0 };
  const frequency = cell();
  const limit = { value: settings.exportLimitW ?? 0, atMs: 0 };
  const loads = devices.map((device) => ({
    device,
    cells: {
      draw: cell(),
      drawSource: 'measured' as const,
      hashrate: cell(),
      state: stateCell(),
    },
  }));
  const snapshot: Snapshot = {
    production,
    demand,
    ...(plant.offGrid ? { gridFrequency: frequency } : { import: imported, export: exported }),
    ...(plant.battery ? { charge, discharge, soc, batteryFull } : {}),
    ...(settings.exportLimitW === undefined ? {} : { exportLimit: limit }),
    loads: Object.fromEntries(loads.map(({ device, cells }) => [device.model.id, cells])),
  };
  const cells: { atMs: number }[] = [
    production,
    demand,
    imported,
    exported,
    charge,
    discharge,
    soc,
    batteryFull,
    frequency,
    limit,
  ];
  return {
    snapshot,
    show(at: Balance, atMs: number, which: 'now' | 'mean', noise: () => number): void {
      for (const each of cells) each.atMs = atMs;
      const netW = at.exportW - at.importW + noise();
      production.value = at.productionW > 0 ? Math.max(0, at.productionW + noise()) : 0;
      demand.value = at.demandW;
      imported.value = Math.max(0, -netW);
      exported.value = Math.max(0, netW);
      charge.value = at.chargeW;
      discharge.value = at.dischargeW;
      soc.value = at.socPercent;
      batteryFull.value = at.socPercent >= 99.95;
      // An island inverter that holds back raises its frequency.
      frequency.value = at.held ? 51.5 : 50;
      for (const { device, cells: load } of loads) {
        load.draw.value = which === 'now' ? device.drawW : device.meanDrawW;
        load.draw.atMs = atMs;
        load.hashrate.value = device.meanThs;
        load.hashrate.atMs = atMs;
        load.state.value = STATES[device.phase];
        load.state.atMs = atMs;
      }
    },
  };
}
