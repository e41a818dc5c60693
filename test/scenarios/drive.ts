import type { ControlSettings, Decision, LoadModel, MarketNow, Snapshot, Wish } from '#shared/control.ts';
import { initialState, step } from '#engine/control/step.ts';
import { advanceLoad, createLoadPlant, writeSetpoint } from '../bench/control/load-plant.ts';
import { createObserver } from '../bench/control/observe.ts';
import { advancePlant, createPlant, type Flows } from '../bench/control/plant.ts';
import { DAY_START_MS, snapshotOf } from '../bench/control/policies/spillway.ts';
import { seededRandom } from '../bench/control/random.ts';
import type { Site } from '../bench/control/sites.ts';
import { asic, market, settings, wish } from '../control/site.ts';

export const HOUR = 3600;

/** A site on a manual clock: what the sky and the house do, and what goes wrong. */
export interface Story {
  fromS: number;
  toS: number;
  potentialW: (t: number) => number;
  demandW?: (t: number) => number;
  site?: Partial<Site>;
  settings?: Record<string, unknown>;
  loads?: readonly LoadModel[];
  market?: (t: number) => Partial<MarketNow>;
  wish?: (t: number) => Partial<Wish>;
  /** What the devices tell instead. */
  mangle?: (snapshot: Snapshot, t: number) => Snapshot;
  /** The engine does not tick (suspended). */
  asleep?: (t: number) => boolean;
  /** The load answers "ok" and does nothing. */
  deaf?: (loadId: string, t: number) => boolean;
  startMs?: number;
}

export interface Moment {
  t: number;
  flows: Flows;
  drawW: number;
  setpointW: number;
  decision: Decision;
  reason: Decision['loads'][number]['reason'];
  probeUsedWs: number;
}

export function drive(story: Story): Moment[] {
  const site: Site = { id: 'S1', connection: 'grid', ...story.site };
  const models = story.loads ?? [asic()];
  const given: ControlSettings = settings({
    connection: site.connection,
    ...(site.exportLimitW === undefined ? {} : { exportLimitW: site.exportLimitW }),
    ...(site.battery === undefined
      ? {}
      : {
          battery: {
            capacityWh: site.battery.capacityWh,
            maxChargeW: site.battery.maxW,
            maxDischargeW: site.battery.maxW,
          },
        }),
    ...story.settings,
  });
  const plant = createPlant(site);
  const devices = models.map(createLoadPlant);
  const observer = createObserver(plant, devices, seededRandom(7), 6000);
  const wanted = new Map<string, { setpointW: number; untilMs: number }>();
  let state = initialState();
  const moments: Moment[] = [];
  let decision: Decision | undefined;
  for (let t = story.fromS; t < story.toS; t++) {
    const tickMs = (story.startMs ?? DAY_START_MS) + t * 1000;
    const seen = observer.observe(t);
    if (story.asleep?.(t) !== true) {
      let snapshot = snapshotOf(seen, site.exportLimitW);
      if (story.startMs !== undefined) snapshot = shifted(snapshot, story.startMs - DAY_START_MS);
      const result = step(state, {
        tickMs,
        snapshot: story.mangle?.(snapshot, t) ?? snapshot,
        settings: given,
        loads: models,
        market: market(story.market?.(t)),
        wish: wish(story.wish?.(t)),
      });
      ({ state, decision } = result);
      for (const command of result.commands)
        wanted.set(command.loadId, { setpointW: command.setpointW, untilMs: command.leaseUntilMs });
    }
    let drawW = 0;
    for (const device of devices) {
      const told = wanted.get(device.model.id);
      const setpointW = told === undefined || told.untilMs < tickMs ? 0 : told.setpointW;
      if (story.deaf?.(device.model.id, t) !== true) writeSetpoint(device, setpointW, t);
      advanceLoad(device);
      drawW += device.drawW;
    }
    const flows = { ...advancePlant(plant, story.potentialW(t), story.demandW?.(t) ?? 300, drawW) };
    const first = decision?.loads[0];
    if (decision !== undefined && first !== undefined)
      moments.push({
        t,
        flows,
        drawW,
        setpointW: decision.loads.reduce((sum, load) => sum + load.setpointW, 0),
        decision,
        reason: first.reason,
        probeUsedWs: state.probe.usedWs,
      });
  }
  return moments;
}

function shifted(snapshot: Snapshot, byMs: number): Snapshot {
  return JSON.parse(JSON.stringify(snapshot), (key, value: unknown) =>
    key === 'atMs' ? Number(value) + byMs : value,
  ) as Snapshot;
}

export const gridFedWh = (moments: readonly Moment[]): number =>
  moments.reduce((sum, { drawW, flows }) => sum + Math.min(drawW, flows.importW) / 3600, 0);

export const minedWh = (moments: readonly Moment[]): number =>
  moments.reduce((sum, { drawW }) => sum + drawW / 3600, 0);

export const starts = (moments: readonly Moment[]): number =>
  moments.filter(({ setpointW }, i) => setpointW > 0 && (moments[i - 1]?.setpointW ?? 0) === 0).length;

/** A clear day over a plant of `peakW`. */
export const clear =
  (peakW: number) =>
  (t: number): number =>
    Math.max(0, peakW * Math.sin((Math.PI * (t / HOUR - 6)) / 13));
