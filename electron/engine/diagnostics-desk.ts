import { arch, cpus, freemem, platform, release, totalmem } from 'node:os';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { MarketSettings } from '#shared/market.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { bundle } from './diagnostics/bundle.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import type { Broadcast } from './broadcast.ts';

export interface DiagnosticsParts {
  version: string;
  nowMs(): number;
  site(): Site;
  cells: Broadcast['cells'];
  ledger: Pick<Ledger, 'marks' | 'violations' | 'span' | 'problem' | 'backupProblem'>;
  marketSettings(): MarketSettings;
  secret(name: string): string | undefined;
  /** The last lines of the log. */
  recentLog(): readonly string[];
}

const DAY_MS = 86_400_000;

/** One file for whoever helps: versions, the site without what is private, the last decisions, the log. */
export function diagnosticsHandlers(parts: DiagnosticsParts): Handlers<EngineContract>['diagnostics'] {
  const { cells, ledger } = parts;
  return {
    bundle({ shellLog }) {
      const nowMs = parts.nowMs();
      const range = { fromMs: nowMs - DAY_MS, toMs: nowMs };
      return bundle({
        nowMs,
        versions: {
          spillway: parts.version,
          node: process.versions.node,
          electron: process.versions['electron'] ?? null,
          system: `${platform()} ${release()} ${arch()}`,
          processors: cpus().length,
          memoryMb: { total: Math.round(totalmem() / 1e6), free: Math.round(freemem() / 1e6) },
          residentMb: Math.round(process.memoryUsage.rss() / 1e6),
          uptimeS: Math.round(process.uptime()),
        },
        site: parts.site(),
        status: cells.status.get(),
        live: cells.live.get(),
        today: cells.today.get(),
        health: cells.health.get(),
        loads: cells.loads.get(),
        market: cells.market.get(),
        marketSettings: parts.marketSettings(),
        events: cells.events.get() ?? [],
        decisions: ledger.marks(range),
        violations: ledger.violations(range),
        ledger: { span: ledger.span(), problem: ledger.problem(), backupProblem: ledger.backupProblem() },
        log: parts.recentLog(),
        shellLog,
        secret: parts.secret,
      });
    },
  };
}
