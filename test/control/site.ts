import {
  ControlSettings,
  LoadModel,
  type LoadSnapshot,
  type MarketNow,
  type Snapshot,
  type StepInput,
  type Wish,
} from '#shared/control.ts';

/** 2026-06-21 00:00 UTC. */
export const MIDNIGHT_MS = 1_782_000_000_000;

export const asic = (more: Partial<LoadModel> = {}): LoadModel =>
  LoadModel.parse({
    id: 'asic',
    name: 'ASIC',
    kind: 'miner',
    levels: { kind: 'range', minW: 944, maxW: 3050, stepW: 1 },
    curve: [{ drawW: 3050, hashrateThs: 104 }],
    startS: 90,
    startW: 150,
    rampUpWps: 15,
    rampDownWps: 100,
    ...more,
  });

export const small = (id: string, more: Partial<LoadModel> = {}): LoadModel =>
  LoadModel.parse({
    id,
    name: id,
    kind: 'miner',
    priority: 20,
    levels: { kind: 'steps', watts: [18] },
    curve: [{ drawW: 18, hashrateThs: 1.1 }],
    startS: 11,
    startW: 5,
    ...more,
  });

export const market = (more: Partial<MarketNow> = {}): MarketNow => ({
  satsPerThHour: 2.2,
  poolFee: 0.01,
  pricePerSat: 0.001,
  exportPerKwh: 0.03,
  importPerKwh: 0.3,
  fresh: true,
  ...more,
});

export const wish = (more: Partial<Wish> = {}): Wish => ({
  mode: 'surplus',
  stopped: false,
  commissioned: true,
  engineStopping: false,
  ...more,
});

export const settings = (more: Record<string, unknown> = {}): ControlSettings => ControlSettings.parse(more);

/** Readings of one instant, a second old unless said. */
export function snapshot(
  atMs: number,
  watts: Partial<Record<(typeof POWERS)[number], number>>,
  loads: Record<string, LoadSnapshot>,
): Snapshot {
  const seen: Snapshot = { loads };
  for (const name of POWERS) {
    const value = watts[name];
    if (value !== undefined) seen[name] = { value, atMs };
  }
  return seen;
}
const POWERS = ['production', 'potential', 'import', 'export', 'charge', 'discharge', 'demand', 'soc'] as const;

export const input = (tickMs: number, more: Partial<StepInput> & Pick<StepInput, 'snapshot'>): StepInput => ({
  tickMs,
  settings: settings(),
  loads: [asic()],
  market: market(),
  wish: wish(),
  ...more,
});
