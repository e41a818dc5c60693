import {
  ControlSettings,
  LoadModel,
  type MarketNow,
  type Decision,
  type ReasonId,
  type Snapshot,
} from '#shared/control.ts';
import { Site } from '#shared/site.ts';
import type { TickInput } from '#engine/accounting/rates.ts';

/** Powers of a tick in W, draws by load; what is left out is unknown. */
export interface Powers {
  production?: number;
  import?: number;
  export?: number;
  charge?: number;
  discharge?: number;
  soc?: number;
  demand?: number;
  draws?: Record<string, number | undefined>;
  hashrates?: Record<string, number>;
  /** Accepted shares and Σ of their difficulty, as the miners' counters stand. */
  work?: Record<string, { shares: number; difficulty: number }>;
  /** The devices' own counters, Wh. */
  totals?: { production?: number; import?: number; export?: number };
  curtailed?: boolean;
  cause?: Snapshot['curtailmentCause'] extends (infer T) | undefined
    ? T extends { value: infer V }
      ? V
      : never
    : never;
}

export const miner = (id = 'asic', over: Partial<LoadModel> = {}): LoadModel =>
  LoadModel.parse({ id, name: id, kind: 'miner', levels: { kind: 'range', minW: 900, maxW: 3000, stepW: 1 }, ...over });

export const market: MarketNow = {
  satsPerThHour: 2,
  poolFee: 0,
  pricePerSat: 0.001,
  exportPerKwh: 0.08,
  importPerKwh: 0.3,
  batteryPerKwh: 0.25,
  fresh: true,
};

export function tick(
  atMs: number,
  powers: Powers,
  over: {
    settings?: Partial<ControlSettings>;
    market?: MarketNow;
    loads?: readonly LoadModel[];
    reason?: ReasonId;
    setpoints?: Record<string, number>;
    curtailedW?: number;
    potential?: Decision['potential'];
  } = {},
): TickInput {
  const loads = over.loads ?? Object.keys(powers.draws ?? { asic: 0 }).map((id) => miner(id));
  const timed = <T>(value: T | undefined) => (value === undefined ? undefined : { value, atMs });
  const snapshot: Snapshot = {
    production: timed(powers.production),
    import: timed(powers.import),
    export: timed(powers.export),
    charge: timed(powers.charge),
    discharge: timed(powers.discharge),
    soc: timed(powers.soc),
    demand: timed(powers.demand),
    productionTotal: timed(powers.totals?.production),
    importTotal: timed(powers.totals?.import),
    exportTotal: timed(powers.totals?.export),
    curtailed: timed(powers.curtailed),
    curtailmentCause: timed(powers.cause),
    loads: Object.fromEntries(
      loads.map(({ id }) => [
        id,
        {
          draw: timed(powers.draws?.[id]),
          hashrate: timed(powers.hashrates?.[id]),
          acceptedShares: timed(powers.work?.[id]?.shares),
          acceptedDifficulty: timed(powers.work?.[id]?.difficulty),
        },
      ]),
    ),
  };
  const decision: Decision = {
    atMs,
    surplusIsLowerBound: false,
    reserveW: 0,
    headroomW: 0,
    ...(over.curtailedW === undefined ? {} : { curtailedW: over.curtailedW }),
    ...(over.potential === undefined ? {} : { potential: over.potential }),
    loads: loads.map(({ id }) => ({
      loadId: id,
      setpointW: over.setpoints?.[id] ?? powers.draws?.[id] ?? 0,
      reason: { id: over.reason ?? 'mining-surplus' },
      ladder: [],
    })),
  };
  const settings = { ...ControlSettings.parse({}), ...over.settings };
  return { atMs, snapshot, decision, settings, market: over.market ?? market, loads };
}

export const site = (over: Record<string, unknown> = {}): Site =>
  Site.parse({
    version: 1,
    id: 'home',
    name: 'Home',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    devices: [
      {
        id: 'inverter',
        name: 'Inverter',
        family: 'sunspec',
        roles: ['production', 'grid'],
        connection: { transport: 'modbus-tcp', host: '127.0.0.1' },
      },
    ],
    ...over,
  });
