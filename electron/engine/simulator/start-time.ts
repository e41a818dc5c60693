import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { SimulatedSiteName } from '#shared/contract/host.ts';
import { START_HOUR } from './serve.ts';

const Memory = z.object({ siteMs: z.number(), socPercent: z.number().min(0).max(100) });
/** What a simulation leaves behind for the next. */
export type Memory = z.infer<typeof Memory>;

/** @returns 10:00 of today at the site, or of the day after the last simulated one: no slot comes twice */
export function nextStartMs(timeZone: string, wallMs: number, lastSiteMs: number | undefined): number {
  const dayOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  let day = dayOf(wallMs);
  if (lastSiteMs !== undefined) {
    const after = dayOf(lastSiteMs).add({ days: 1 });
    if (Temporal.PlainDate.compare(after, day) > 0) day = after;
  }
  return day.toZonedDateTime({ timeZone, plainTime: { hour: START_HOUR } }).epochMilliseconds;
}

const fileOf = (dataDir: string, name: SimulatedSiteName) => join(dataDir, `simulator-${name}.json`);

/** A file that is missing or spoilt means that there was no simulation before. */
export async function recall(dataDir: string, name: SimulatedSiteName): Promise<Memory | undefined> {
  try {
    const parsed = Memory.safeParse(JSON.parse(await readFile(fileOf(dataDir, name), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function remember(dataDir: string, name: SimulatedSiteName, memory: Memory): Promise<void> {
  const path = fileOf(dataDir, name);
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(memory));
  await rename(`${path}.new`, path);
}
