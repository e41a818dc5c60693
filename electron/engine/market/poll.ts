import type { Payout } from '#shared/ledger.ts';
import type { MarketSettings } from '#shared/market.ts';
import type { PoolAccount } from '#shared/pool.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import type { Failed } from '#engine/transports/fault.ts';
import type { Web } from '#engine/transports/web.ts';
import type { Market } from './market.ts';
import { pools } from './pools/all.ts';
import { askBitcoinCore } from './sources/bitcoin-core.ts';
import { pricesFromJson } from './sources/day-ahead.ts';
import { askMempool } from './sources/mempool.ts';

export interface PollPorts {
  market: Market;
  web: Web;
  clock: Clock;
  log: Log;
  secret(name: string): string | undefined;
  timeZone(): string;
  /** A pool paid, or told of payouts again. */
  onPayouts(payouts: readonly Payout[]): void;
  /** Between 0 and 1; spreads the requests of many installations. */
  random(): number;
}

export interface MarketPoll {
  /** Asks anew at once: the owner chose another source. */
  restart(): void;
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
/** Prices of the next day appear in the afternoon; hourly is often enough to have them soon. */
const DAY_AHEAD_EVERY_MS = 60 * MINUTE_MS;

/** Pools settle slowly; Braiins asks for a request in five seconds at most. */
const POOL_EVERY_MS = 10 * MINUTE_MS;

type Failure = Failed & { retryMs?: number };

/** Asks the sources that the owner chose, each with its own back-off; asks nobody while they are off. */
export function pollMarket(ports: PollPorts): MarketPoll {
  let ending = new AbortController();
  let running = start();

  function start(): Promise<unknown> {
    const settings = ports.market.settings();
    const { signal } = ending;
    const lanes: Promise<void>[] = [];
    if (settings.source.kind !== 'off') {
      lanes.push(
        lane('network', ports, signal, settings.everyMin * MINUTE_MS, () => askNetwork(ports, settings, signal)),
      );
    }
    const { source } = settings.dayAhead ?? {};
    if (source && !source.off) {
      const ask = async () => {
        const reply = await ports.web.json(source.url, signal);
        if (reply.outcome === 'failed') return reply;
        const prices = pricesFromJson(reply.value, source, ports.timeZone());
        if (prices.outcome === 'failed') return prices;
        ports.market.learnPrices(prices.points);
        return undefined;
      };
      lanes.push(lane('prices', ports, signal, DAY_AHEAD_EVERY_MS, ask));
    }
    for (const account of settings.pools.filter(({ off }) => !off)) {
      lanes.push(lane(poolProblem(account), ports, signal, POOL_EVERY_MS, () => askPool(ports, account, signal)));
    }
    return Promise.all(lanes);
  }

  return {
    restart() {
      ending.abort();
      const { pools: accounts } = ports.market.settings();
      for (const which of ['network', 'prices', ...accounts.map(poolProblem)])
        ports.market.setProblem(which, undefined);
      ending = new AbortController();
      const before = running;
      running = before.then(start);
    },
    async stop() {
      ending.abort();
      await running;
    },
  };
}

const poolProblem = ({ id }: PoolAccount): string => `pool:${id}`;

async function askPool(ports: PollPorts, account: PoolAccount, signal: AbortSignal): Promise<Failure | undefined> {
  const { market, web, clock } = ports;
  const result = await pools[account.kind]({
    web,
    user: account.user,
    token: account.secret === undefined ? undefined : ports.secret(account.secret),
    baseUrl: account.baseUrl?.replace(/\/+$/, ''),
    nowMs: clock.now(),
    signal,
    pause: (ms) => clock.sleep(ms, signal).catch(() => undefined),
  });
  if (result.outcome === 'failed') return result;
  market.learnPool(account.id, result.state);
  ports.onPayouts(
    result.state.payouts.map((payout) => {
      const price = market.priceNear(payout.receivedMs);
      return price ? { ...payout, price } : payout;
    }),
  );
  return undefined;
}

async function askNetwork(
  ports: PollPorts,
  { source }: MarketSettings,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  if (source.kind === 'off') return undefined;
  const known = ports.market.snapshot();
  const password = source.kind === 'bitcoin-core' && source.secret ? (ports.secret(source.secret) ?? '') : '';
  const result =
    source.kind === 'mempool'
      ? await askMempool(ports.web, source.baseUrl, signal)
      : await askBitcoinCore(ports.web, { ...source, password }, known, ports.clock.now(), signal);
  if (result.outcome === 'failed') return result;
  ports.market.learn(result.snapshot);
  return undefined;
}

/** Repeats `ask`; after failures 1, 2, 4 … 60 minutes apart, or as long as the server asks for. */
async function lane(
  which: string,
  { market, clock, log, random }: PollPorts,
  signal: AbortSignal,
  everyMs: number,
  ask: () => Promise<Failure | undefined>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const failure = await ask();
    if (signal.aborted) return;
    failures = failure ? failures + 1 : 0;
    const backOffMs = Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** (failures - 1));
    const waitMs = failure ? Math.max(backOffMs, failure.retryMs ?? 0) : everyMs;
    const spreadMs = waitMs * (1 + 0.1 * random());
    market.setProblem(
      which,
      failure ? { message: failure.fault.message, nextTryMs: clock.now() + spreadMs } : undefined,
    );
    if (failure) log.warn({ failures, retryMs: Math.round(spreadMs) }, failure.fault.message);
    await clock.sleep(spreadMs, signal).catch(() => undefined);
  }
}
