import type { ControlSettings, LoadModel, StepInput } from '#shared/control.ts';
import type { ControlState } from './state.ts';
import { drawAt, noteDraw } from './response.ts';
import { ageLimitMs, distrust, isFresh, judgeMeter, type Distrust, type Timed } from './validity.ts';

/** What one tick knows of the site. Powers W; `surplusW` is signed: below 0 something is imported or discharged. */
export interface SiteView {
  surplusW: number | undefined;
  /** Instant the surplus belongs to. */
  atMs: number;
  importW: number;
  exportW: number;
  chargeW: number;
  dischargeW: number;
  productionW: number | undefined;
  socPercent: number | undefined;
  /** Our loads' draw at `atMs`, and now. */
  drawW: number;
  drawNowW: number;
  /** Draw that is only estimated, W. */
  estimatedDrawW: number;
  /** The reading that is missing or not believed. */
  missing: string | undefined;
  distrust: Distrust | undefined;
  ageMs: number;
}

const BATTERY_HYSTERESIS_PERCENT = 3;

export function viewSite(state: ControlState, input: StepInput): SiteView {
  const { snapshot, settings, tickMs } = input;
  const limitMs = ageLimitMs(settings);
  const fresh = (reading: Timed | undefined): Timed | undefined =>
    isFresh(reading, tickMs, limitMs) ? reading : undefined;
  const production = fresh(snapshot.production);
  const charge = fresh(snapshot.charge);
  const discharge = fresh(snapshot.discharge);
  const soc = fresh(snapshot.soc);
  const imported = fresh(snapshot.import);
  const exported = fresh(snapshot.export);
  const view: SiteView = {
    surplusW: undefined,
    atMs: tickMs,
    importW: imported?.value ?? 0,
    exportW: exported?.value ?? 0,
    chargeW: charge?.value ?? 0,
    dischargeW: discharge?.value ?? 0,
    productionW: production?.value,
    socPercent: soc?.value,
    drawW: 0,
    drawNowW: 0,
    estimatedDrawW: 0,
    missing: missingReading(settings, { imported, exported, charge, discharge, soc, production }),
    distrust: undefined,
    ageMs: 0,
  };
  noteBattery(state, settings, soc?.value);
  const base = settings.connection === 'grid' ? (imported ?? production) : (discharge ?? production);
  view.atMs = Math.min(base?.atMs ?? tickMs, tickMs);
  view.ageMs = tickMs - view.atMs;
  for (const load of input.loads) addDraw(view, state, load, input, limitMs);
  if (view.missing !== undefined) return view;
  const divertibleW = state.batteryMet ? view.chargeW : 0;
  const metered = settings.connection === 'off-grid' || imported !== undefined;
  view.surplusW = metered
    ? view.exportW - view.importW + view.drawW + divertibleW - view.dischargeW
    : (view.productionW ?? 0) - (settings.demandBoundW ?? 0);
  if (settings.connection === 'grid' && metered) {
    const netW = view.exportW - view.importW;
    judgeMeter(state.trust, {
      netW,
      atMs: view.atMs,
      drawW: view.drawW,
      productionW: view.productionW,
      derivedDemandW:
        view.productionW === undefined
          ? undefined
          : view.productionW + view.dischargeW - view.chargeW - netW - view.drawW,
    });
    view.distrust = distrust(state.trust);
    if (view.distrust !== undefined) {
      view.surplusW = undefined;
      view.missing = 'grid meter';
    }
  }
  return view;
}

function missingReading(settings: ControlSettings, known: Record<string, Timed | undefined>): string | undefined {
  const { imported, exported, charge, discharge, soc, production } = known;
  if (settings.battery !== undefined && (charge === undefined || discharge === undefined || soc === undefined))
    return 'battery';
  if (settings.connection === 'off-grid')
    return discharge === undefined && production === undefined ? 'battery' : undefined;
  if (imported !== undefined && exported !== undefined) return undefined;
  return settings.demandBoundW !== undefined && production !== undefined ? undefined : 'grid meter';
}

function noteBattery(state: ControlState, settings: ControlSettings, socPercent: number | undefined): void {
  if (settings.battery === undefined || socPercent === undefined) return;
  const { targetPercent } = settings.battery;
  // A full battery reads 99.x; asking for the last tenth would wait for ever.
  const reachedPercent = Math.min(targetPercent, 99.5);
  if (socPercent >= reachedPercent) state.batteryMet = true;
  else if (socPercent < reachedPercent - BATTERY_HYSTERESIS_PERCENT) state.batteryMet = false;
}

function addDraw(view: SiteView, state: ControlState, load: LoadModel, input: StepInput, limitMs: number): void {
  const track = state.loads[load.id];
  if (track === undefined) return;
  const told = input.snapshot.loads[load.id];
  if (told?.draw !== undefined && isFresh(told.draw, input.tickMs, limitMs))
    noteDraw(track, told.draw.value, told.draw.atMs);
  else if (told === undefined || told.state?.value === 'offline') return; // a silent load's draw counts as 0: never too much surplus
  const thenW = drawAt(load, track, view.atMs);
  view.drawW += thenW;
  view.drawNowW += drawAt(load, track, input.tickMs);
  if (told.draw === undefined || told.drawSource === 'estimated') view.estimatedDrawW += thenW;
}
