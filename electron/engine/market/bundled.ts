import { MarketSnapshot } from '#shared/market.ts';
import file from '../../../assets/market-snapshot.json' with { type: 'json' };

/** What makes the very first run work without a network; always shown with its date. */
export const bundledSnapshot: MarketSnapshot = MarketSnapshot.parse(file);
