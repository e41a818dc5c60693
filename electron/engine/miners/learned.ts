import { z } from 'zod';
import type { LoadDevice } from '#shared/device.ts';
import type { LoadReading } from '#shared/reading.ts';
import type { Clock } from '#engine/system/clock.ts';
import { learnFrom, type Curve } from './curve.ts';
import { calibrate, type Calibration } from './draw.ts';
import { present } from './fields.ts';
import type { Seen } from './obedience.ts';
import { addressOf } from './session-view.ts';
import { afterWrite, wearOn } from './wear.ts';

/** What was found out about one load, kept over restarts. */
export const KeptLoad = z.object({
  /** Where it was: behind another address may be another device. */
  address: z.string(),
  serial: z.string().optional(),
  curve: z.array(z.object({ drawW: z.number().positive(), hashrateThs: z.number().positive() })).default([]),
  /** The plug's figure over the miner's own. */
  factor: z.number().positive().optional(),
  standbyW: z.number().min(0).optional(),
  wear: z.object({ day: z.string(), starts: z.number().int().min(0), writes: z.number().int().min(0) }).optional(),
});
export type KeptLoad = z.infer<typeof KeptLoad>;

/** Where it is kept; the ledger's settings fit. */
export interface LoadMemory {
  read<T>(key: string, schema: z.ZodType<T>): T | undefined;
  write(key: string, value: unknown): void;
}

export interface LearnedPorts {
  clock: Clock;
  /** IANA zone of the site: starts and writes are counted by its days. */
  timeZone: string;
  memory?: LoadMemory;
}

// Curves and factors move slowly, and flash memory wears.
const SAVE_EVERY_MS = 15 * 60_000;

/** Learns the curve, the plug's factor, the standby draw, the serial, and counts starts and writes. */
export function openLearned(device: LoadDevice, { clock, timeZone, memory }: LearnedPorts) {
  const key = `load:${device.id}`;
  const address = addressOf(device);
  const before = memory?.read(key, KeptLoad);
  let curve: Curve = before?.curve ?? [];
  let calibration: Calibration = present<Calibration>({ factor: before?.factor, standbyW: before?.standbyW });
  /** Another address may hold another device: its serial is learned anew, and decides whether the rest still holds. */
  let serial = before?.address === address ? before.serial : undefined;
  let wear = before?.wear;
  let savedMs = clock.now();
  let unsaved = false;
  let wroteMs: number | undefined;

  function save(): void {
    if (!unsaved) return;
    unsaved = false;
    savedMs = clock.now();
    memory?.write(key, present<KeptLoad>({ address, serial, curve: [...curve], ...calibration, wear }));
  }
  const changed = () => {
    unsaved = true;
    if (Math.abs(clock.now() - savedMs) >= SAVE_EVERY_MS) save();
  };

  return {
    curve: (): Curve => curve,
    calibration: (): Calibration => calibration,
    serial: (): string | undefined => serial,
    counts() {
      const { starts, writes } = wearOn(wear, clock.now(), timeZone);
      return { startsToday: starts, writesToday: writes };
    },
    /** When it was last written to in this run. */
    wroteMs: (): number | undefined => wroteMs,
    wrote(started: boolean): void {
      wroteMs = clock.now();
      wear = afterWrite(wearOn(wear, clock.now(), timeZone), started);
      unsaved = true;
      save();
    },
    /** The first serial seen at this address is the load's own. */
    firstSeen(found: string): void {
      if (before?.serial !== undefined && before.serial.toLowerCase() !== found.toLowerCase()) {
        curve = [];
        calibration = {};
      }
      serial = found;
      unsaved = true;
      save();
    },
    settled(seen: Seen): void {
      const next = learnFrom(curve, seen);
      if (next === curve) return;
      curve = next;
      changed();
    },
    plugged(reading: LoadReading, plugW: number, mostStandbyW: number): void {
      const next = calibrate(calibration, reading, plugW, mostStandbyW);
      if (next === calibration) return;
      calibration = next;
      changed();
    },
    save,
  };
}

export type Learned = ReturnType<typeof openLearned>;
