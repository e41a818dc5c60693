import { z } from 'zod';

const watts = z.number().min(0).max(1e9);
const wattHours = z.number().min(0).max(1e13);
const perPhaseW = z.tuple([watts, watts, watts]);

/** Why production is held back, as a device states it or control infers it. */
export const CurtailmentCause = z.enum([
  'export-limit',
  'battery-full',
  'price',
  'clipping',
  'command',
  'frequency',
  'overvoltage',
  'temperature',
  'unknown',
]);
export type CurtailmentCause = z.infer<typeof CurtailmentCause>;

export const ChargerStage = z.enum(['off', 'bulk', 'absorption', 'float', 'equalize']);
export type ChargerStage = z.infer<typeof ChargerStage>;

/**
 * What one plant device told at one instant. Powers in W, energies in Wh, all directional and never negative;
 * a quantity the device does not know is absent, never 0.
 */
export const PlantReading = z
  .object({
    production: watts,
    /** Power the plant could make uncurtailed, where the device states it (SunSpec 122 WAval, sweep Pmax). */
    potential: watts,
    import: watts,
    export: watts,
    charge: watts,
    discharge: watts,
    /** The site's own use, loads included or not as the device meters it. */
    demand: watts,
    importByPhase: perPhaseW,
    exportByPhase: perPhaseW,
    productionTotal: wattHours,
    importTotal: wattHours,
    exportTotal: wattHours,
    /** State of charge, 0..100 %. */
    soc: z.number().min(0).max(100),
    /** First phase, V. */
    gridVoltage: z.number().min(0).max(1000),
    /** Hz. */
    gridFrequency: z.number().min(0).max(100),
    /** Export limit in force at the grid point, W. */
    exportLimit: watts,
    /** Limit on the plant's own output in force, W. */
    productionLimit: watts,
    /** True where the device itself says that it is limiting. */
    curtailed: z.boolean(),
    curtailmentCause: CurtailmentCause,
    chargerStage: ChargerStage,
    batteryFull: z.boolean(),
    generatorRunning: z.boolean(),
    status: z.enum(['ok', 'standby', 'fault', 'offline']),
    model: z.string(),
    firmware: z.string(),
    serial: z.string(),
  })
  .partial();
export type PlantReading = z.infer<typeof PlantReading>;
export type PlantQuantity = keyof PlantReading;

export const LoadState = z.enum(['mining', 'starting', 'paused', 'fault', 'offline']);
export type LoadState = z.infer<typeof LoadState>;

/** How the draw is known: by the miner or a plug, or estimated from its curve. */
export const DrawSource = z.enum(['measured', 'plug', 'estimated']);
export type DrawSource = z.infer<typeof DrawSource>;

/** What one load told at one instant. Unknown quantities are absent. */
export const LoadReading = z
  .object({
    /** W at the wall or, where only that is known, the device's own figure. */
    draw: watts,
    drawSource: DrawSource,
    /** TH/s. */
    hashrate: z.number().min(0).max(1e6),
    state: LoadState,
    /** Hottest chip or board, °C. */
    temperature: z.number().min(-60).max(200),
    acceptedShares: z.number().int().min(0),
    rejectedShares: z.number().int().min(0),
    /** Σ difficulty of accepted shares since the device started. */
    acceptedDifficulty: z.number().min(0),
    /** Difficulty that the pool asks of one share now. */
    shareDifficulty: z.number().min(0),
    /** Power the device aims at, W. */
    powerTarget: watts,
    powerMin: watts,
    powerMax: watts,
    /** s. */
    uptime: z.number().min(0),
    poolAlive: z.boolean(),
    fanRpm: z.number().min(0),
    model: z.string(),
    firmware: z.string(),
    serial: z.string(),
  })
  .partial();
export type LoadReading = z.infer<typeof LoadReading>;

/** A value with the instant it was measured at (epoch ms). */
export interface Timed<T> {
  value: T;
  atMs: number;
}
