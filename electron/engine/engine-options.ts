import type { Role } from '#shared/contract/access.ts';
import type { EngineNotice, EngineStatus } from '#shared/contract/host.ts';
import type { Mode, Wish } from '#shared/control.ts';
import type { Port } from '#shared/rpc/contract.ts';
import type { Site, WhichSite } from '#shared/site.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import type { Problems } from './done.ts';
import type { Scrape } from './fleet-desk.ts';
import type { Health } from './health.ts';
import type { AccessHandlers } from './remote.ts';

export interface EngineOptions {
  site: Site;
  dataDir: string;
  clock: Clock;
  /** Site seconds per real second. */
  speed: number;
  version: string;
  log: Log;
  /** The last lines of the log, for diagnostics. */
  recentLog?: (() => readonly string[]) | undefined;
  secret(name: string): string | undefined;
  /** The way in over the network; it belongs to the host. */
  access: AccessHandlers;
  saveSite(site: Site): Promise<void>;
  /** The other site that the owner can go to; absent: this host has but one. */
  sites?: SiteHost | undefined;
  /** Where this host keeps passwords itself. */
  saveSecret?: ((name: string, value: string) => Promise<void>) | undefined;
  /** File of the planner's worker thread. */
  plannerWorker: string;
  /** The owner asks for the newest good backup in the place of a damaged database. */
  restore?: boolean;
  onStatus(status: EngineStatus): void;
  onNotice(notice: EngineNotice): void;
}

export interface SiteHost {
  hasOwn(): boolean;
  /** Writes the owner's own site, where there is none yet. */
  create(site: Site): Promise<Problems>;
  /** Answers first, then starts anew. */
  switchTo(which: WhichSite): void;
}

export interface Engine {
  /** Serves on a Port, until it closes, what a caller of this role may do. */
  serve(port: Port, role: Role): void;
  changeWish(change: Partial<Wish>): void;
  setMode(mode: Exclude<Mode, 'boost'>): Promise<Problems>;
  /** The machine goes to sleep: every load is told to stop. */
  suspend(): void;
  resume(): void;
  /** Every load safe, the database closed. @returns names of loads that did not confirm */
  stop(): Promise<string[]>;
  health(): Health;
  /** What `/metrics` answers; absent: it is off. */
  scrape(): Scrape | undefined;
}

export type Created = { outcome: 'ok'; engine: Engine } | { outcome: 'refused'; message: string };
