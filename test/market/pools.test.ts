import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { pools } from '#engine/market/pools/all.ts';
import { thsOf } from '#engine/market/pools/solo.ts';
import { reconcile } from '#engine/accounting/reconcile.ts';
import { web } from '#engine/transports/web.ts';
import { PoolState, type PoolKind } from '#shared/pool.ts';

const NOW = Date.UTC(2026, 9, 1, 12);
const PAID_S = NOW / 1000 - 86_400;

const servers: http.Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close().closeAllConnections()));

/** Answers each path from the table; remembers headers and bodies. */
async function poolServer(answers: Record<string, unknown>) {
  const asked: { url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const url = request.url ?? '';
      asked.push({ url, headers: request.headers, body });
      const answer = answers[url];
      if (answer === undefined) response.writeHead(404).end();
      else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function ask(kind: PoolKind, answers: Record<string, unknown>, token: string | undefined = 'secret-token') {
  const { baseUrl, asked } = await poolServer(answers);
  const pauses: number[] = [];
  const result = await pools[kind]({
    web,
    user: 'bc1qme',
    token,
    baseUrl,
    nowMs: NOW,
    signal: new AbortController().signal,
    pause: async (ms) => void pauses.push(ms),
  });
  const state = result.outcome === 'ok' ? PoolState.parse(result.state) : undefined;
  return { state, message: result.outcome === 'failed' ? result.fault.message : '', asked, pauses };
}

describe('pools', () => {
  it('Braiins: credit and confirmed payouts on both ways, five seconds apart', async () => {
    const { state, asked, pauses } = await ask('braiins', {
      '/accounts/profile/json/btc/': {
        username: 'me',
        btc: {
          all_time_reward: '0.00200000',
          current_balance: '0.00050000',
          hash_rate_unit: 'Gh/s',
          hash_rate_60m: 61_500,
        },
      },
      '/accounts/payouts/json/btc': {
        onchain: [
          { status: 'confirmed', amount_sats: 150_000, fee_sats: 0, tx_id: 'aa', resolved_at_ts: PAID_S },
          { status: 'queued', amount_sats: 9, tx_id: null, resolved_at_ts: null },
        ],
        lightning: [{ status: 'confirmed', amount_sats: '77', invoice: 'lnbc1', resolved_at_ts: PAID_S }],
      },
    });
    expect(state).toMatchObject({ hashrateThs: 61.5, unpaidSats: 50_000, earnedSats: 200_000, solo: false });
    expect(state?.payouts.map(({ id, sats, receivedMs }) => [id, sats, receivedMs])).toEqual([
      ['aa', 150_000, PAID_S * 1000],
      ['lnbc1', 77, PAID_S * 1000],
    ]);
    expect(asked[0]?.headers['pool-auth-token']).toBe('secret-token');
    expect(pauses).toEqual([5000]);
  });

  it('Ocean: without a token, sums its earnings', async () => {
    const { state } = await ask('ocean', {
      '/v1/statsnap/bc1qme': { result: { unpaid: '0.00004845', hashrate_300s: '61500000000000' } },
      '/v1/earnpay/bc1qme/0': {
        result: {
          earnings: [{ satoshis_net_earned: 5000 }, { satoshis_net_earned: 4845 }],
          payouts: [
            { ts: '2026-09-30T12:00:00', on_chain_txid: 't', total_satoshis_net_paid: 5000, is_generation_txn: true },
            { ts: PAID_S, on_chain_txid: null, total_satoshis_net_paid: 1 },
          ],
        },
      },
    });
    expect(state).toMatchObject({ hashrateThs: 61.5, unpaidSats: 4845, earnedSats: 9845 });
    expect(state?.payouts).toMatchObject([{ id: 't', receivedMs: PAID_S * 1000 }, { id: `ocean-${PAID_S * 1000}` }]);
  });

  it('F2Pool: three questions by POST, payouts in bitcoin', async () => {
    const { state, asked } = await ask('f2pool', {
      '/v2/hash_rate/info': { info: { name: 'me', h1_hash_rate: 61.5e12 }, currency: 'bitcoin' },
      '/v2/assets/balance': { balance_info: { balance: 0.00012, paid: 0.001, total_income: 0.00112 } },
      '/v2/assets/transactions/list': {
        transactions: [{ id: 7, type: 'payout', changed_balance: -0.001, created_at: PAID_S }],
      },
    });
    expect(state).toMatchObject({ hashrateThs: 61.5, unpaidSats: 12_000, earnedSats: 112_000 });
    expect(state?.payouts).toMatchObject([{ id: 'f2pool-7', sats: 100_000 }]);
    expect(asked[2]?.headers['f2p-api-secret']).toBe('secret-token');
    expect(JSON.parse(asked[2]?.body ?? '')).toMatchObject({
      currency: 'bitcoin',
      mining_user_name: 'bc1qme',
      type: 'payout',
    });
  });

  it('ViaBTC: says that the address must be on the list of the key', async () => {
    const rate = { code: 0, data: { coin: 'BTC', hashrate_1hour: '61500000000000' }, message: 'OK' };
    const account = {
      code: 0,
      data: {
        balance: [
          { coin: 'LTC', amount: '1' },
          { coin: 'BTC', amount: '0.0005' },
        ],
      },
    };
    const good = await ask('viabtc', {
      '/res/openapi/v1/hashrate?coin=BTC': rate,
      '/res/openapi/v1/account?coin=BTC': account,
    });
    expect(good.state).toMatchObject({ hashrateThs: 61.5, unpaidSats: 50_000, payouts: [] });
    const refused = await ask('viabtc', {
      '/res/openapi/v1/hashrate?coin=BTC': { code: 12_004, message: 'x', data: {} },
    });
    expect(refused.message).toContain('IP list');
  });

  it('CKPool and public-pool: work and hashrate, no income', async () => {
    const ck = await ask('ckpool', {
      '/users/bc1qme': { hashrate1m: '2T', hashrate1hr: '1.48T', shares: 12_345_678, bestshare: 1, worker: [] },
    });
    expect(ck.state).toEqual({ atMs: NOW, hashrateThs: 1.48, acceptedDifficulty: 12_345_678, solo: true, payouts: [] });
    const open = await ask('public-pool', {
      '/api/client/bc1qme': { workersCount: 2, workers: [{ hashRate: 1e12 }, { hashRate: '5e11' }] },
    });
    expect(open.state).toMatchObject({ hashrateThs: 1.5, solo: true });
    expect(open.state?.earnedSats).toBeUndefined();
  });

  it.each(['braiins', 'ocean', 'f2pool', 'viabtc', 'ckpool', 'public-pool'] as const)(
    '%s: a web page or a missing user is said, nothing is guessed',
    async (kind) => {
      expect((await ask(kind, {})).message).toContain('404');
      const page = new Proxy({}, { get: () => '<html>Maintenance</html>' });
      expect((await ask(kind, page)).message).toContain('a web page');
      const other = new Proxy({}, { get: () => ({ nothing: true }) });
      expect((await ask(kind, other)).message).toMatch(/unknown way/);
    },
  );

  it.each(['braiins', 'f2pool', 'viabtc'] as const)('%s asks for a token before it asks the pool', async (kind) => {
    const { baseUrl, asked } = await poolServer({});
    const ports = {
      web,
      user: 'me',
      token: undefined,
      baseUrl,
      nowMs: NOW,
      signal: new AbortController().signal,
      pause: async () => {},
    };
    expect(await pools[kind](ports)).toMatchObject({ outcome: 'failed', fault: { kind: 'unauthorized' } });
    expect(asked).toEqual([]);
  });
});

it('reads hashrates as CKPool writes them', () => {
  expect(['1.48T', '950G', '2.5P', '0', '12.3M'].map(thsOf)).toEqual([1.48, 0.95, 2500, 0, 0.0000123]);
  expect(thsOf('fast')).toBeUndefined();
});

describe('reconcile', () => {
  it.each([
    ['5 % less is usual', { estimatedSats: 1000, creditedSats: 950, paidSats: 950, unpaidSats: 0 }, 'none'],
    ['20 % less', { estimatedSats: 1000, creditedSats: 800, paidSats: 800, unpaidSats: 0 }, 'device-over-reports'],
    // 100 shares: 1/√100 = 10 %, twice that is 20 %.
    [
      '20 % less on 100 shares',
      { estimatedSats: 1000, creditedSats: 800, paidSats: 800, unpaidSats: 0, shares: 100 },
      'noise',
    ],
    [
      'more than our devices made',
      { estimatedSats: 1000, creditedSats: 1500, paidSats: 1500, unpaidSats: 0 },
      'other-miners',
    ],
    [
      'credited, neither paid nor held',
      { estimatedSats: 1000, creditedSats: 1000, paidSats: 500, unpaidSats: 100 },
      'payment-missing',
    ],
    ['a pool that tells no credit', { estimatedSats: 1000, paidSats: 0 }, 'unknown-credit'],
  ])('%s', (_, chain, cause) => expect(reconcile(chain).cause).toBe(cause));
});
