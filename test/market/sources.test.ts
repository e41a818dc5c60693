import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bundledSnapshot } from '#engine/market/bundled.ts';
import { createMarket, type Market } from '#engine/market/market.ts';
import { pollMarket, type PollPorts } from '#engine/market/poll.ts';
import { askBitcoinCore } from '#engine/market/sources/bitcoin-core.ts';
import { pricesFromCsv, pricesFromJson } from '#engine/market/sources/day-ahead.ts';
import { askMempool } from '#engine/market/sources/mempool.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { web } from '#engine/transports/web.ts';
import { MarketSettings } from '#shared/market.ts';
import { site } from '../support/ledger-ticks.ts';

type Answer = (request: { url: string; body: string }, response: http.ServerResponse) => void;

const servers: http.Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close().closeAllConnections()));

async function serving(answer: Answer): Promise<string> {
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => answer({ url: request.url ?? '', body }, response));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const never = new AbortController().signal;
const NOW = Date.UTC(2026, 9, 1, 12);

const mempool: Record<string, unknown> = {
  '/api/v1/mining/hashrate/3d': { currentHashrate: 9e20, currentDifficulty: 130e12, hashrates: [], difficulty: [] },
  // 144 blocks, fees as text, as the server sends them.
  '/api/v1/mining/reward-stats/144': {
    startBlock: 969_857,
    endBlock: 970_000,
    totalReward: '45216000000',
    totalFee: '216000000',
    totalTx: '500000',
  },
  '/api/v1/prices': { time: NOW / 1000, USD: 101_000, EUR: 90_000, JPY: -1 },
};
const answerMempool: Answer = ({ url }, response) => void response.end(JSON.stringify(mempool[url]));

describe('askMempool', () => {
  it('reads difficulty, height, fees and prices', async () => {
    const base = await serving(answerMempool);
    // 216,000,000 sats of fees / 144 blocks = 1,500,000
    expect(await askMempool(web, `${base}/`, never)).toMatchObject({
      outcome: 'ok',
      snapshot: {
        atMs: NOW,
        height: 970_000,
        difficulty: 130e12,
        feesPerBlockSat: 1_500_000,
        prices: { USD: 101_000, EUR: 90_000 },
      },
    });
  });

  const bad: [string, Answer, string][] = [
    ['a web page', (_, response) => void response.end('<html>Welcome</html>'), 'a web page instead of JSON'],
    ['other JSON', (_, response) => void response.end('{"ok":true}'), 'does not answer like mempool.space'],
    ['an error', (_, response) => void response.writeHead(500).end('{}'), 'error 500'],
    [
      'another address',
      (_, response) => void response.writeHead(301, { location: 'https://elsewhere/' }).end(),
      'https://elsewhere/',
    ],
    ['nothing', (_, response) => void response.destroy(), 'cannot be reached'],
    ['too much', (_, response) => void response.end('1'.repeat(5 * 1024 * 1024)), 'more than 4 MiB'],
  ];
  it.each(bad)('says what is wrong where it gets %s', async (_, answer, words) => {
    const result = await askMempool(web, await serving(answer), never);
    expect(result).toMatchObject({ outcome: 'failed', fault: { message: expect.stringContaining(words) as string } });
  });

  it('gives up on a server that does not answer', async () => {
    const base = await serving(() => undefined);
    const result = await web.json(`${base}/api/v1/prices`, never, { timeoutMs: 50 });
    expect(result).toMatchObject({ outcome: 'failed', fault: { kind: 'timeout' } });
  });
});

describe('askBitcoinCore', () => {
  const tip = { blocks: 970_000, difficulty: 130e12, time: NOW / 1000 - 300, initialblockdownload: false };
  const node =
    (info: object): Answer =>
    ({ body }, response) => {
      const calls = JSON.parse(body) as { id: number; method: string }[];
      const resultOf = (method: string, id: number) =>
        // A pruned node: the older half is gone.
        method === 'getblockchaininfo' ? info : id < 72 ? { totalfee: 1_000_000 + id } : null;
      response.end(JSON.stringify(calls.map(({ id, method }) => ({ id, result: resultOf(method, id) }))));
    };
  const ask = async (answer: Answer) => {
    const source = { baseUrl: await serving(answer), user: 'u', password: 'p' };
    return askBitcoinCore(web, source, bundledSnapshot, NOW, never);
  };

  it('averages the fees it knows and leaves the price as it was, with its age', async () => {
    // 1,000,000 + mean of 0 … 71 = 35.5 → 1,000,036
    expect(await ask(node(tip))).toMatchObject({
      outcome: 'ok',
      snapshot: {
        height: 970_000,
        feesPerBlockSat: 1_000_036,
        prices: bundledSnapshot.prices,
        pricesAtMs: bundledSnapshot.atMs,
      },
    });
  });

  it('waits for a node that is still loading', async () => {
    const result = await ask(node({ ...tip, initialblockdownload: true }));
    expect(result).toMatchObject({ outcome: 'failed', fault: { kind: 'busy' } });
  });

  it('names a wrong password', async () => {
    const result = await ask((_, response) => void response.writeHead(401).end());
    expect(result).toMatchObject({ outcome: 'failed', fault: { kind: 'unauthorized' } });
  });
});

describe('day-ahead prices', () => {
  const hours = {
    rows: 'data',
    start: 'start_timestamp',
    price: 'marketprice',
    perKwh: 0.001,
    off: false,
    url: 'http://x',
  };

  it('reads a list by its paths, per MWh and negative', () => {
    const data = [
      { start_timestamp: NOW, end_timestamp: NOW + 3_600_000, marketprice: 54.2 },
      { start_timestamp: NOW + 3_600_000, marketprice: -12.5 },
    ];
    expect(pricesFromJson({ data }, hours, 'Europe/Berlin')).toEqual({
      outcome: 'ok',
      points: [
        { startMs: NOW, endMs: NOW + 3_600_000, perKwh: 0.0542 },
        { startMs: NOW + 3_600_000, endMs: NOW + 7_200_000, perKwh: -0.0125 },
      ],
    });
  });

  it('has 25 hours in autumn from a list of local times, and no hole', () => {
    const stamps = ['00', '01', '02', '02', ...Array.from({ length: 21 }, (_, i) => String(i + 3).padStart(2, '0'))];
    const text = ['Beginn;Preis', ...stamps.map((hour, i) => `2026-10-25 ${hour}:00;${i},5`)].join('\r\n');
    const result = pricesFromCsv(text, { start: 'Beginn', price: 'Preis', perKwh: 0.001 }, 'Europe/Berlin');
    if (result.outcome !== 'ok') throw new Error(result.fault.message);
    expect(result.points).toHaveLength(25);
    result.points.slice(1).forEach((point, i) => expect(point.startMs).toBe(result.points[i]?.endMs));
    expect(result.points[3]?.perKwh).toBeCloseTo(0.0035, 9);
  });

  it('takes quarter hours and leaves a hole a hole', () => {
    const text = ['start,price', `${NOW},10`, `${NOW + 900_000},20`, `${NOW + 8_100_000},30`].join('\n');
    const result = pricesFromCsv(text, { start: 'start', price: 'price', perKwh: 0.001 }, 'UTC');
    expect(result).toMatchObject({
      points: [{ endMs: NOW + 900_000 }, { endMs: NOW + 900_000 + 3_600_000 }, { endMs: NOW + 8_100_000 + 900_000 }],
    });
  });

  it('says which row and which column', () => {
    const columns = { start: 'start', price: 'price', perKwh: 1 };
    const words = (text: string) => {
      const result = pricesFromCsv(text, columns, 'UTC');
      return result.outcome === 'failed' ? result.fault.message : '';
    };
    expect(words('time,price\n1,2')).toContain('no column "start"; it has time, price');
    expect(words(`start,price\n${NOW},10\nsoon,20`)).toContain('row 2');
  });
});

describe('pollMarket', () => {
  function polling(base: string): {
    market: Market;
    clock: ReturnType<typeof manualClock>;
    poll: ReturnType<typeof pollMarket>;
  } {
    const clock = manualClock(NOW);
    const values = new Map<string, unknown>();
    const market = createMarket(site(), {
      read: (key, schema) => schema.safeParse(values.get(key)).data,
      write: (key, value) => void values.set(key, value),
    });
    market.changeSettings(MarketSettings.parse({ source: { kind: 'mempool', baseUrl: base } }));
    const ports: PollPorts = {
      market,
      web,
      clock,
      log: silentLog,
      secret: () => undefined,
      timeZone: () => 'UTC',
      onPayouts: () => undefined,
      random: () => 0,
    };
    return { market, clock, poll: pollMarket(ports) };
  }

  it('learns, and keeps the last known values with a back-off while the server says 429', async () => {
    let asked = 0;
    let busy = false;
    const base = await serving((request, response) => {
      asked += 1;
      if (busy) return void response.writeHead(429, { 'retry-after': '600' }).end();
      answerMempool(request, response);
    });
    const { market, clock, poll } = polling(base);
    await expect.poll(() => market.view(NOW).bundled).toBe(false);
    busy = true;
    await clock.advance(3_600_000);
    await expect.poll(() => market.view(NOW).problem).toBeDefined();
    expect(market.view(clock.now())).toMatchObject({
      snapshot: { height: 970_000 },
      old: false,
      problem: { nextTryMs: clock.now() + 600_000, message: expect.stringContaining('fewer requests') as string },
    });
    const before = asked;
    await clock.advance(599_000);
    expect(asked).toBe(before);
    busy = false;
    await clock.advance(1000);
    await expect.poll(() => market.view(NOW).problem).toBeUndefined();
    await poll.stop();
  });

  it('does not take yesterday’s data for today’s', async () => {
    const base = await serving(({ url }, response) => {
      const answer = url.endsWith('prices') ? { time: NOW / 1000 - 86_400, EUR: 1 } : mempool[url];
      response.end(JSON.stringify(answer));
    });
    const { market, clock, poll } = polling(base);
    await expect.poll(() => market.view(NOW).bundled).toBe(false);
    expect(market.view(clock.now()).ageMs).toBe(86_400_000);
    market.learn({ ...bundledSnapshot, atMs: NOW });
    await clock.advance(3_600_000);
    expect(market.snapshot().atMs).toBe(NOW);
    await poll.stop();
  });

  it('asks neither a pool nor a day-ahead market that is switched off, and keeps what they told', async () => {
    let asked = 0;
    const base = await serving((_, response) => {
      asked += 1;
      response.writeHead(500).end();
    });
    const { market, clock, poll } = polling(base);
    await poll.stop();
    const account = { id: 'solo', kind: 'ckpool', user: 'bc1q', baseUrl: base };
    const dayAhead = { source: { url: base, start: 's', price: 'p', off: true }, importPlus: 0 };
    market.changeSettings(MarketSettings.parse({ dayAhead, pools: [{ ...account, off: true }] }));
    market.learnPool('solo', { atMs: NOW, acceptedDifficulty: 5, solo: true, payouts: [] });
    const before = asked;
    poll.restart();
    await clock.advance(7_200_000);
    expect(asked).toBe(before);
    expect(market.view(clock.now()).pools).toMatchObject([{ id: 'solo', state: { atMs: NOW } }]);
    // On again, it is asked; its refusal is shown with the time of the next question, later each time.
    market.changeSettings(MarketSettings.parse({ pools: [account] }));
    poll.restart();
    await expect.poll(() => market.view(NOW).pools?.[0]?.problem?.nextTryMs).toBe(clock.now() + 60_000);
    await clock.advance(60_000);
    await expect.poll(() => market.view(NOW).pools?.[0]?.problem?.nextTryMs).toBe(clock.now() + 120_000);
    await poll.stop();
  });

  it('asks nobody while it is off', async () => {
    let asked = 0;
    const base = await serving(() => (asked += 1));
    const { market, clock, poll } = polling(base);
    await poll.stop();
    const before = asked;
    market.changeSettings(MarketSettings.parse({}));
    poll.restart();
    await clock.advance(7_200_000);
    expect(asked).toBe(before);
    await poll.stop();
  });
});
