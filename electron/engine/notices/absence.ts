import { z } from 'zod';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { SettingStore } from '#engine/storage/settings.ts';

const KEY = 'in-control';
const Mark = z.object({ lastMs: z.number() });
/** How exactly the end of a killed process is known, ms of site time. */
const EVERY_MS = 60_000;
/**
 * A restart within a minute leaves the leases standing and is worth no word; the last note may be a minute older than the
 * end.
 */
const WORTH_MS = 60_000 + EVERY_MS;

export interface Presence {
  /** Notes that somebody is in control. */
  note(nowMs: number): void;
  /** An orderly end, with every load told to stop, is no absence. */
  end(): void;
}

/**
 * Tells after a kill or a power cut for how long nobody was in control of the loads.
 * @param loads names of the loads that may have run on
 */
export function openPresence(
  settings: SettingStore,
  nowMs: number,
  loads: readonly string[],
  tell: (event: EngineEvent) => void,
): Presence {
  const before = settings.read(KEY, Mark.nullable());
  if (before && loads.length > 0 && nowMs - before.lastMs > WORTH_MS) {
    const minutes = Math.round((nowMs - before.lastMs) / 60_000);
    tell({
      atMs: nowMs,
      id: 'nobody-in-control',
      level: 'warn',
      message: `Spillway ended without stopping its loads; for about ${minutes} min nobody was in control of ${loads.join(', ')}. History shows what was read since.`,
    });
  }
  let notedMs = -Infinity;
  return {
    note(atMs) {
      if (Math.abs(atMs - notedMs) < EVERY_MS) return;
      notedMs = atMs;
      settings.write(KEY, { lastMs: atMs });
    },
    end: () => settings.write(KEY, null),
  };
}
