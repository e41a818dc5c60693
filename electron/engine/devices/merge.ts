import type { Snapshot } from '#shared/control.ts';
import type { PlantDevice, Role } from '#shared/device.ts';
import type { PlantReading, Timed } from '#shared/reading.ts';
import { maxAgeMs, type TakenReading } from './session.ts';

export type PlantSnapshot = Omit<Snapshot, 'loads'>;

export interface PlantSource {
  device: PlantDevice;
  /** The device's newest reading, or undefined where it has none. */
  taken: TakenReading | undefined;
}

export interface Merged {
  snapshot: PlantSnapshot;
  /** Which devices a quantity was taken from; `derived` where it was worked out. */
  from: Partial<Record<keyof PlantSnapshot, readonly string[]>>;
  /** production + import + discharge − export − charge − reported demand, where all are known: should be near 0, W. */
  residualW?: number;
}

/** A derived demand this far below nought is measuring noise; further below, the readings contradict each other. */
const NOISE_W = 50;
const NOISE_SHARE = 0.03;

type Fresh = { device: PlantDevice; reading: PlantReading; atMs: number };
type Summed = 'production' | 'potential' | 'charge' | 'discharge' | 'productionTotal';

/**
 * All fresh plant readings as one: inverters and batteries are summed, the grid is taken from one meter, demand as
 * reported or derived. A sum of which one part is unknown is unknown.
 * @param draws draw of all commanded loads together; undefined while one of them is unknown
 */
export function mergePlant(sources: readonly PlantSource[], nowMs: number, draws: Timed<number> | undefined): Merged {
  const fresh = sources.flatMap(({ device, taken }): Fresh[] =>
    taken === undefined || nowMs - taken.atMs > maxAgeMs(device.pollS) ? [] : [{ device, ...taken }],
  );
  const merged: Merged = { snapshot: {}, from: {} };
  const put = <K extends keyof PlantSnapshot>(key: K, value: PlantSnapshot[K], from: readonly string[]) => {
    if (value === undefined) return;
    merged.snapshot[key] = value;
    merged.from[key] = from;
  };
  const withRole = (role: Role) => fresh.filter(({ device }) => device.roles.includes(role));
  const total = (role: Role, key: Summed) => {
    const parts = withRole(role);
    const complete =
      parts.length > 0 && parts.length === sources.filter(({ device }) => device.roles.includes(role)).length;
    const known = parts.flatMap(({ reading, atMs }) =>
      reading[key] === undefined ? [] : [{ value: reading[key], atMs }],
    );
    if (complete && known.length === parts.length) put(key, sum(known), ids(parts));
  };
  total('production', 'production');
  total('production', 'potential');
  total('production', 'productionTotal');
  total('battery', 'charge');
  total('battery', 'discharge');

  const batteries = withRole('battery').filter(({ reading }) => reading.soc !== undefined);
  if (batteries.length > 0) put('soc', { value: meanSoc(batteries), atMs: oldest(batteries) }, ids(batteries));

  const meter = gridMeter(withRole('grid'));
  if (meter) {
    for (const key of ['import', 'export', 'importByPhase', 'exportByPhase', 'importTotal', 'exportTotal'] as const) {
      const value = meter.reading[key];
      if (value !== undefined) put(key, { value, atMs: meter.atMs } as never, [meter.device.id]);
    }
  }
  const electrical = [...(meter ? [meter] : []), ...fresh];
  for (const key of ['gridVoltage', 'gridFrequency', 'chargerStage'] as const) {
    const source = electrical.find(({ reading }) => reading[key] !== undefined);
    if (source) put(key, { value: source.reading[key], atMs: source.atMs } as never, [source.device.id]);
  }
  putLimits(fresh, put);
  putDemand(merged, withRole('demand'), sources, draws, put);
  return merged;
}

type Put = <K extends keyof PlantSnapshot>(key: K, value: PlantSnapshot[K], from: readonly string[]) => void;

const ids = (parts: readonly Fresh[]) => parts.map(({ device }) => device.id);
const oldest = (parts: readonly { atMs: number }[]) => Math.min(...parts.map(({ atMs }) => atMs));
const sum = (parts: readonly Timed<number>[]): Timed<number> => ({
  value: parts.reduce((all, { value }) => all + value, 0),
  atMs: oldest(parts),
});

/** A meter of its own before an inverter that also meters; among equals the first of the site. */
function gridMeter(candidates: readonly Fresh[]): Fresh | undefined {
  const known = candidates.filter(({ reading }) => reading.import !== undefined && reading.export !== undefined);
  return known.find(({ device }) => device.roles.length === 1) ?? known[0];
}

function meanSoc(batteries: readonly Fresh[]): number {
  const weight = ({ device }: Fresh) =>
    typeof device.setup['capacityWh'] === 'number' ? Math.max(1, device.setup['capacityWh']) : 1;
  const weights = batteries.reduce((all, one) => all + weight(one), 0);
  return batteries.reduce((all, one) => all + weight(one) * (one.reading.soc ?? 0), 0) / weights;
}

function putLimits(fresh: readonly Fresh[], put: Put): void {
  const limited = fresh.filter(({ reading }) => reading.exportLimit !== undefined);
  const tightest = limited.toSorted((a, b) => (a.reading.exportLimit ?? 0) - (b.reading.exportLimit ?? 0))[0];
  if (tightest?.reading.exportLimit !== undefined)
    put('exportLimit', { value: tightest.reading.exportLimit, atMs: tightest.atMs }, [tightest.device.id]);

  const held = fresh.find(({ reading }) => reading.curtailed === true);
  const plants = fresh.filter(({ device }) => device.roles.includes('production'));
  if (held) {
    put('curtailed', { value: true, atMs: held.atMs }, [held.device.id]);
    put('curtailmentCause', { value: held.reading.curtailmentCause ?? 'unknown', atMs: held.atMs }, [held.device.id]);
  } else if (plants.length > 0 && plants.every(({ reading }) => reading.curtailed === false))
    put('curtailed', { value: false, atMs: oldest(plants) }, ids(plants));

  const batteries = fresh.filter(({ reading }) => reading.batteryFull !== undefined);
  if (batteries.length > 0)
    put(
      'batteryFull',
      { value: batteries.every(({ reading }) => reading.batteryFull === true), atMs: oldest(batteries) },
      ids(batteries),
    );
  const generators = fresh.filter(({ reading }) => reading.generatorRunning !== undefined);
  if (generators.length > 0)
    put(
      'generatorRunning',
      { value: generators.some(({ reading }) => reading.generatorRunning === true), atMs: oldest(generators) },
      ids(generators),
    );
}

function putDemand(
  merged: Merged,
  reporting: readonly Fresh[],
  sources: readonly PlantSource[],
  draws: Timed<number> | undefined,
  put: Put,
): void {
  const { production, import: imported, export: exported, charge, discharge } = merged.snapshot;
  const hasBattery = sources.some(({ device }) => device.roles.includes('battery'));
  const none: Timed<number> = { value: 0, atMs: Number.POSITIVE_INFINITY };
  const parts = [production, imported, exported, hasBattery ? charge : none, hasBattery ? discharge : none];
  const known = parts.filter((part) => part !== undefined);
  const used =
    known.length === parts.length
      ? (production?.value ?? 0) +
        (imported?.value ?? 0) +
        (discharge?.value ?? 0) -
        (exported?.value ?? 0) -
        (charge?.value ?? 0)
      : undefined;

  const reporter = reporting.find(({ reading }) => reading.demand !== undefined);
  if (reporter?.reading.demand !== undefined) {
    if (used !== undefined) merged.residualW = used - reporter.reading.demand;
    // Devices meter the whole house; the loads we command are not its demand.
    const ours = reporter.device.setup['demandWithoutLoads'] === true ? none : draws;
    if (ours === undefined) return;
    const value = reporter.reading.demand - ours.value;
    return put('demand', { value: Math.max(0, value), atMs: Math.min(reporter.atMs, ours.atMs) }, [reporter.device.id]);
  }
  if (used === undefined || draws === undefined) return;
  const value = used - draws.value;
  const noise = NOISE_W + NOISE_SHARE * ((production?.value ?? 0) + (imported?.value ?? 0) + (discharge?.value ?? 0));
  if (value < -noise) return;
  put('demand', { value: Math.max(0, value), atMs: Math.min(oldest(known), draws.atMs) }, ['derived']);
}
