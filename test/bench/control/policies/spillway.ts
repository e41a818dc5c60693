import type { ReasonId, Snapshot, StepInput } from '#shared/control.ts';
import { initialState, step } from '#engine/control/step.ts';
import type { Observation, Policy, PolicyContext } from '../policy.ts';
import { marketAt, settingsFor } from '../sites.ts';

/** The traces carry no date; a midsummer day in UTC stands for all of them. */
export const DAY_START_MS = Date.UTC(2026, 5, 21);

/** Drives step() as loop.ts does: every second, a command is a lease, and one not renewed in time makes the load safe. */
export function spillway({ trace, site, set }: PolicyContext): Policy {
  const settings = settingsFor(site, trace);
  const indexOf = new Map(set.loads.map((load, at) => [load.id, at]));
  const setpoints = new Float64Array(set.loads.length);
  const leaseUntilMs = new Float64Array(set.loads.length);
  let state = initialState();
  let reason: ReasonId | '' = '';
  return {
    id: 'spillway',
    free: false,
    decide(seen) {
      const tickMs = DAY_START_MS + seen.t * 1000;
      const input: StepInput = {
        tickMs,
        periodMs: 1000,
        snapshot: snapshotOf(seen, site.exportLimitW),
        settings,
        loads: set.loads,
        market: marketAt(site, seen.t % 86_400),
        wish: WISH,
      };
      const result = step(state, input);
      state = result.state;
      for (const command of result.commands) {
        const at = indexOf.get(command.loadId);
        if (at === undefined) throw new Error(`step() commanded ${command.loadId}, which is not on this site.`);
        setpoints[at] = command.setpointW;
        leaseUntilMs[at] = command.leaseUntilMs;
        if (at === 0) reason = command.reason;
      }
      for (let at = 0; at < setpoints.length; at++) if ((leaseUntilMs[at] ?? 0) < tickMs) setpoints[at] = 0;
      return setpoints;
    },
    reason: () => reason,
  };
}

export const WISH: StepInput['wish'] = { mode: 'surplus', stopped: false, commissioned: true, engineStopping: false };
const STATES = { off: 'paused', starting: 'starting', on: 'mining' } as const;

/** As the engine merges it: demand is worked out where the meter is known. */
export function snapshotOf(seen: Observation, exportLimitW?: number): Snapshot {
  const atMs = DAY_START_MS + (seen.t - 1) * 1000;
  const meterMs = DAY_START_MS + seen.meterT * 1000;
  const loads: Snapshot['loads'] = {};
  for (const load of seen.loads)
    loads[load.model.id] = {
      draw: { value: load.drawW, atMs },
      drawSource: 'measured',
      state: { value: STATES[load.phase], atMs },
      ...(load.setpointW > 0 ? { powerTarget: { value: load.setpointW, atMs } } : {}),
    };
  const snapshot: Snapshot = { production: { value: seen.productionW, atMs }, loads };
  const { importW, exportW, chargeW = 0, dischargeW = 0 } = seen;
  if (importW !== undefined && exportW !== undefined) {
    const demandW = seen.productionW + importW + dischargeW - exportW - chargeW - seen.drawW;
    snapshot.demand = { value: Math.max(0, demandW), atMs: meterMs };
  }
  if (importW !== undefined) snapshot.import = { value: importW, atMs: meterMs };
  if (exportW !== undefined) snapshot.export = { value: exportW, atMs: meterMs };
  if (seen.chargeW !== undefined) snapshot.charge = { value: seen.chargeW, atMs };
  if (seen.dischargeW !== undefined) snapshot.discharge = { value: seen.dischargeW, atMs };
  if (seen.socPercent !== undefined) snapshot.soc = { value: seen.socPercent, atMs };
  if (seen.batteryFull !== undefined) snapshot.batteryFull = { value: seen.batteryFull, atMs };
  if (seen.chargerStage !== undefined) snapshot.chargerStage = { value: seen.chargerStage, atMs };
  if (seen.frequencyHz !== undefined) snapshot.gridFrequency = { value: seen.frequencyHz, atMs };
  if (exportLimitW !== undefined) snapshot.exportLimit = { value: exportLimitW, atMs };
  return snapshot;
}
