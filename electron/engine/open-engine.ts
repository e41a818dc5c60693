import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineNotice, EngineStatus, SimulatedSite } from '#shared/contract/host.ts';
import type { Site, WhichSite } from '#shared/site.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine-options.ts';
import type { AccessHandlers } from './remote.ts';
import { readSiteFile, writeSiteFile } from '#engine/storage/site-file.ts';
import { siteClock, systemClock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import { overlaySimulated } from './simulated-site.ts';
import { VERSION } from './version.ts';

export interface OpenOptions {
  dataDir: string;
  /** The owner's own site, whether it is there yet or not. */
  siteFile: string;
  restore?: boolean;
  plannerWorker: string;
  /** Run this one instead. */
  simulated?: SimulatedSite | undefined;
  switchTo(which: WhichSite): void;
  saveSecret?: (name: string, value: string) => Promise<void>;
  secret(name: string): string | undefined;
  access: AccessHandlers;
  log: Log;
  /** The last lines of the log. */
  recentLog?: () => readonly string[];
  onStatus(status: EngineStatus): void;
  onNotice(notice: EngineNotice): void;
}

export type Opened = { outcome: 'ok'; engine: Engine } | { outcome: 'refused'; message: string };

/** Finds the site, its clock and its database, and starts the engine on them. What every host does. */
export async function openEngine(options: OpenOptions): Promise<Opened> {
  const { simulated } = options;
  const { siteFile } = options;
  const path = simulated ? join(options.dataDir, `simulated-${simulated.name}.json`) : siteFile;
  const file = await readSiteFile(path);
  if (file.outcome === 'unreadable') return { outcome: 'refused', message: file.message };

  let site: Site;
  if (simulated) site = overlaySimulated(simulated.site, file.outcome === 'ok' ? file.site : undefined);
  else if (file.outcome === 'ok') site = file.site;
  else
    return {
      outcome: 'refused',
      message: `There is no site file ${path}. Write one as the README shows, or run --site home.`,
    };

  return createEngine({
    ...options,
    site,
    saveSite: (changed) => writeSiteFile(path, changed),
    clock: simulated ? siteClock(simulated.clock) : systemClock(),
    speed: simulated?.clock.speed ?? 1,
    sites: {
      hasOwn: () => existsSync(siteFile),
      async create(own) {
        // Never over a site that is there.
        if (existsSync(siteFile))
          return [{ field: 'site', message: `You have a site already, in ${siteFile}: go to it.` }];
        await mkdir(dirname(siteFile), { recursive: true });
        await writeSiteFile(siteFile, own);
        return [];
      },
      switchTo: options.switchTo,
    },
    version: VERSION,
  });
}
