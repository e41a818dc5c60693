import type { ControlSettings, Decision, LoadModel, StepInput } from '#shared/control.ts';
import type { CurtailmentCause } from '#shared/reading.ts';
import type { ControlState } from './state.ts';
import type { SiteView } from './surplus.ts';

/** The running test for curtailed energy and what the tests so far taught. Times epoch ms, -1 never. */
export interface ProbeState {
  /** Load that is being raised into the unknown; '' none. */
  loadId: string;
  sinceMs: number;
  /** Draw the test began at: what is known to be carried. */
  fromW: number;
  /** Import and discharge this test caused so far, and all tests in the last hour, W·s. */
  usedWs: number;
  hourWs: number;
  /** The hour in slots of five minutes, W·s, and the number of the present one. */
  slotsWs: number[];
  slot: number;
  nextMs: number;
  waitMs: number;
  /** Production when it last was the plant's whole potential, and when that was. */
  boundW: number;
  boundAtMs: number;
  /** Import a plant that is held back would still show while it catches up with more demand or draw, W. */
  lagW: number;
  lagAtMs: number;
  usedW: number;
}

export const initialProbe = (): ProbeState => ({
  loadId: '',
  sinceMs: -1,
  fromW: 0,
  usedWs: 0,
  hourWs: 0,
  slotsWs: [],
  slot: -1,
  nextMs: -1,
  waitMs: 0,
  boundW: -1,
  boundAtMs: -1,
  lagW: 0,
  lagAtMs: -1,
  usedW: 0,
});

/** A plant that is held back follows a new demand with this time constant (inverter response), s. */
const RESPONSE_S = 4;
const DARK_W = 20;
const RAISED_HZ = 0.2;
const MIN_WAIT_MS = 60_000;
const HOPE = 1.5;
/** Minutes in which hope grows by the whole of what was last seen. */
const HOPE_MIN = 30;
const MAX_WAIT_MS = 400_000;
const SLOT_MS = 300_000;
const SLOTS = 13;

/** Follows what a held-back plant would still be short of: every rise of demand or draw, dying away with its response. */
export function followLag(probe: ProbeState, view: SiteView): void {
  if (view.atMs <= probe.lagAtMs) return;
  const usedW =
    view.productionW === undefined
      ? view.drawW
      : view.productionW + view.importW - view.exportW + view.dischargeW - view.chargeW;
  const dtS = probe.lagAtMs < 0 ? 1 : (view.atMs - probe.lagAtMs) / 1000;
  const riseW = probe.lagAtMs < 0 ? 0 : Math.max(0, usedW - probe.usedW);
  probe.lagW = (probe.lagW + riseW) * Math.exp(-dtS / RESPONSE_S);
  probe.usedW = usedW;
  probe.lagAtMs = view.atMs;
}

const toleranceOf = (state: ControlState): number => Math.max(30, 4 * state.sky.jitterW);

/** @returns why production is held back; undefined where nothing says so */
export function curtailmentCause(state: ControlState, view: SiteView, input: StepInput): CurtailmentCause | undefined {
  const { snapshot, settings } = input;
  if (view.productionW !== undefined && view.productionW < DARK_W) return undefined;
  const toleranceW = toleranceOf(state);
  if (view.importW + view.dischargeW > toleranceW + state.probe.lagW) return undefined;
  if (snapshot.curtailed?.value === true) return snapshot.curtailmentCause?.value ?? 'unknown';
  if (settings.connection === 'off-grid') return offGridCause(state, input);
  const limitW = Math.min(settings.exportLimitW ?? Infinity, snapshot.exportLimit?.value ?? Infinity);
  const absorbs =
    settings.battery !== undefined && !(state.batteryMet || view.chargeW >= settings.battery.maxChargeW - toleranceW);
  const lagging = limitW <= toleranceW && state.probe.lagW > toleranceW && view.exportW < toleranceW;
  if ((lagging || view.exportW >= limitW - Math.max(toleranceW, 0.02 * limitW)) && !absorbs) {
    if (settings.battery !== undefined && limitW <= toleranceW && state.batteryMet) return 'battery-full';
    return 'export-limit';
  }
  return undefined;
}

function offGridCause(state: ControlState, input: StepInput): CurtailmentCause | undefined {
  const { chargerStage, batteryFull, gridFrequency } = input.snapshot;
  if (gridFrequency !== undefined && Math.abs(gridFrequency.value - (gridFrequency.value > 55 ? 60 : 50)) > RAISED_HZ)
    return 'frequency';
  const held = chargerStage?.value === 'float' || chargerStage?.value === 'absorption' || batteryFull?.value === true;
  return held || state.batteryMet ? 'battery-full' : undefined;
}

/** Adds this tick's cost to the running test; what was spent more than an hour ago is forgotten. */
export function meterProbe(probe: ProbeState, view: SiteView, nowMs: number, dtS: number): void {
  const slot = Math.floor(nowMs / SLOT_MS);
  if (slot !== probe.slot) turnSlots(probe, slot);
  if (probe.loadId === '') return;
  const costWs = (view.importW + view.dischargeW) * dtS;
  probe.usedWs += costWs;
  probe.hourWs += costWs;
  probe.slotsWs[slot % SLOTS] = (probe.slotsWs[slot % SLOTS] ?? 0) + costWs;
}

/** Twelve past slots and the present one cover any hour that ends now. */
function turnSlots(probe: ProbeState, slot: number): void {
  const passed = slot - probe.slot;
  if (passed < 0 || passed >= SLOTS || probe.slotsWs.length !== SLOTS)
    probe.slotsWs = Array.from({ length: SLOTS }, () => 0);
  else for (let at = probe.slot + 1; at <= slot; at += 1) probe.slotsWs[at % SLOTS] = 0;
  // A clock set back forgets nothing.
  if (passed < 0 && probe.slot >= 0) probe.slotsWs[slot % SLOTS] = probe.hourWs;
  probe.slot = slot;
  probe.hourWs = probe.slotsWs.reduce((sum, spentWs) => sum + spentWs, 0);
}

export const probeSpent = (probe: ProbeState, settings: ControlSettings): boolean =>
  probe.usedWs >= settings.probe.perProbeWh * 3600 || probe.hourWs >= settings.probe.perHourWh * 3600;

/** Worst energy of one more step: until the meter tells, and back down again. */
export function stepRiskWs(load: LoadModel, stepW: number, settings: ControlSettings): number {
  const blindS = Math.max(settings.meterPollS, 1) * 2 + RESPONSE_S;
  const climbW = Math.min(stepW, load.rampUpWps * Math.max(blindS, load.lowerGapS));
  return climbW * blindS * 0.5 + (climbW * climbW) / (2 * load.rampDownWps);
}

/** @returns whether a step that finds nothing can be taken back, after the load's own gap, within one test's energy */
export function takenBackInTime(load: LoadModel, stepW: number, settings: ControlSettings): boolean {
  const climbW = Math.min(stepW, load.rampUpWps * load.lowerGapS);
  return climbW * load.lowerGapS <= settings.probe.perProbeWh * 3600;
}

/** @returns whether this load may be raised by up to `stepW` beyond what is known */
export function mayProbe(
  state: ControlState,
  load: LoadModel,
  stepW: number,
  input: StepInput,
  view: SiteView,
): boolean {
  const { probe } = state;
  const { settings, snapshot, tickMs } = input;
  if (state.curtailedSinceMs < 0 || snapshot.generatorRunning?.value === true) return false;
  if (view.ageMs > 10_000 || (probe.loadId !== '' && probe.loadId !== load.id)) return false;
  const riskWs = stepRiskWs(load, stepW, settings);
  if (riskWs > settings.probe.perProbeWh * 3600 || probe.hourWs + riskWs > settings.probe.perHourWh * 3600)
    return false;
  return tickMs >= probe.nextMs;
}

export function beginProbe(probe: ProbeState, loadId: string, fromW: number, nowMs: number): void {
  probe.loadId = loadId;
  probe.sinceMs = nowMs;
  probe.fromW = fromW;
  probe.usedWs = 0;
}

/** Ends the test at `heldW`; one that found little waits longer before the next. */
export function endProbe(probe: ProbeState, heldW: number, nowMs: number): void {
  const gainW = heldW - probe.fromW;
  probe.loadId = '';
  const worthwhile = gainW > 0.05 * Math.max(probe.fromW, 200);
  probe.waitMs = worthwhile ? 0 : Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, probe.waitMs * 1.5));
  probe.nextMs = nowMs + probe.waitMs;
}

/** The sun's day without a place: long enough for any season, only its ratios are used. */
export function sunShape(minute: number): number {
  return Math.max(0.02, Math.cos((Math.PI / 2) * Math.min(1, Math.abs(minute / 60 - 12.5) / 9))) ** 1.5;
}

/**
 * What a held-back plant may leave for our loads: its last known potential carried along the sun's day, more hopeful the
 * longer it was not seen; a wind is not hoped for. Undefined: never seen whole.
 * @param hope how many times what was last seen is hoped for at once
 */
export function hopedSurplusW(
  state: ControlState,
  settings: ControlSettings,
  minute: number,
  nowMs: number,
  hope = HOPE,
): number | undefined {
  const { probe, sky } = state;
  if (probe.boundW < 0) return undefined;
  const ageMin = Math.max(0, nowMs - probe.boundAtMs) / 60_000;
  const sun = settings.plant === 'pv' ? sunShape(minute) / sunShape(minute - ageMin) : 1;
  return probe.boundW * sun * (settings.plant === 'wind' ? 1 : hope + ageMin / HOPE_MIN) - sky.demandW;
}

/** Production is the whole potential whenever something else has to help out. */
export function noteBound(state: ControlState, view: SiteView, curtailed: boolean): void {
  if (view.productionW === undefined || curtailed) return;
  const { probe } = state;
  const toleranceW = toleranceOf(state);
  const helped = view.importW + view.dischargeW > toleranceW + probe.lagW;
  const taken = view.exportW + view.chargeW > toleranceW + probe.lagW;
  if (!helped && !taken) return;
  probe.boundW = view.productionW;
  probe.boundAtMs = view.atMs;
}

/** Estimate of what the plant could make: told by it, seen at the last test, or carried on from there with growing doubt. */
export function estimatePotential(state: ControlState, view: SiteView, input: StepInput): Decision['potential'] {
  const told = input.snapshot.potential;
  if (told !== undefined) return { powerW: told.value, plusMinusW: 0.02 * told.value, method: 'reported' };
  const { probe, sky } = state;
  if (view.productionW === undefined || probe.boundW < 0) return undefined;
  if (state.curtailedSinceMs < 0) return { powerW: view.productionW, plusMinusW: sky.jitterW, method: 'probed' };
  const ageS = Math.max(0, input.tickMs - probe.boundAtMs) / 1000;
  const powerW = Math.max(view.productionW, probe.boundW);
  const doubtW = Math.min(powerW, sky.jitterW + sky.fallW * Math.sqrt(ageS / 10) + (0.01 * powerW * ageS) / 60);
  return { powerW, plusMinusW: doubtW, method: ageS <= 300 ? 'probed' : 'modelled' };
}
