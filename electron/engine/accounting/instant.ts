import type { ControlSettings, Snapshot } from '#shared/control.ts';
import { inWeeklyWindow, wallClock } from '#shared/time.ts';
import type { Instant } from './counterfactual.ts';
import { importOfOurs, type GridBias } from './offset.ts';

// Below it a flow at the grid point is the meter's, not a stream of surplus.
const FLOWING_W = 30;
const GRID_CAUSES = new Set(['export-limit', 'price', 'command', 'frequency', 'overvoltage', 'battery-full']);

/** What the split must know of this tick; absent powers stay absent. */
export function instantOf(
  snapshot: Snapshot,
  settings: ControlSettings,
  given: {
    atMs: number;
    drawW: number;
    hasBattery: boolean;
    bias: GridBias;
    boost: boolean;
    exportPerKwh: number | undefined;
  },
): Instant {
  const { importW, exportW } = gridOf(snapshot, settings);
  const offGrid = settings.connection === 'off-grid';
  const onGenerator = settings.generator === 'backup' && snapshot.generatorRunning?.value === true;
  return {
    drawW: given.drawW,
    // Fuel burnt for a miner is bought energy too.
    importW:
      offGrid && onGenerator ? given.drawW : importW === undefined ? undefined : importOfOurs(importW, given.bias),
    exportW,
    dischargeW: given.hasBattery ? snapshot.discharge?.value : 0,
    chargeRoomW: given.hasBattery ? chargeRoomW(snapshot, settings, exportW ?? 0) : 0,
    exportRoomW: offGrid ? 0 : exportRoomW(snapshot, settings, exportW ?? 0),
    allowanceW: allowanceW(settings, given.atMs),
    boost: given.boost,
    exportPriceNegative: (given.exportPerKwh ?? 0) < 0,
  };
}

/** A meter that tells one direction only has told the other too: it is 0. */
export function gridOf(
  snapshot: Snapshot,
  settings: ControlSettings,
): { importW?: number | undefined; exportW?: number | undefined } {
  if (settings.connection === 'off-grid') return { importW: 0, exportW: 0 };
  const imported = snapshot.import?.value;
  const exported = snapshot.export?.value;
  return {
    importW: imported ?? (exported !== undefined && exported > 0 ? 0 : undefined),
    exportW: exported ?? (imported !== undefined && imported > 0 ? 0 : undefined),
  };
}

/** True where the plant is held back by something that would hold back more power just the same. */
const heldBack = (snapshot: Snapshot): boolean =>
  snapshot.curtailed?.value === true && GRID_CAUSES.has(snapshot.curtailmentCause?.value ?? '');

function chargeRoomW(snapshot: Snapshot, settings: ControlSettings, exportW: number): number {
  const full =
    snapshot.batteryFull?.value === true ||
    (snapshot.soc?.value ?? 0) >= 100 ||
    snapshot.chargerStage?.value === 'float';
  // Exporting or held back: the battery was offered more than it takes, and declined.
  if (full || heldBack(snapshot) || exportW > FLOWING_W) return 0;
  // An unknown limit claims nothing for curtailment: the battery would have taken all.
  return Math.max(0, (settings.battery?.maxChargeW ?? Infinity) - (snapshot.charge?.value ?? 0));
}

function exportRoomW(snapshot: Snapshot, settings: ControlSettings, exportW: number): number {
  if (heldBack(snapshot)) return 0;
  const limitW = Math.min(settings.exportLimitW ?? Infinity, snapshot.exportLimit?.value ?? Infinity);
  return Math.max(0, limitW - exportW);
}

function allowanceW(settings: ControlSettings, atMs: number): number {
  if (settings.allowances.length === 0) return 0;
  const clock = wallClock(atMs, settings.timeZone);
  return settings.allowances.reduce((sum, window) => sum + (inWeeklyWindow(window, clock) ? window.powerW : 0), 0);
}
