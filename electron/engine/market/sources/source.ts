import type { MarketSnapshot } from '#shared/market.ts';
import type { Failed } from '#engine/transports/fault.ts';

export type SnapshotResult = { outcome: 'ok'; snapshot: MarketSnapshot } | (Failed & { retryMs?: number });
