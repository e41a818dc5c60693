import { z } from 'zod';
import { failed } from '#engine/transports/fault.ts';
import { askFor, needsToken, satsOfBitcoin, type AskPool } from './pool.ts';

// github.com/viabtc/viapool_api/wiki: /hashrate, /account. Its payouts need a signed request: enter them by CSV.
const Reply = z.object({ code: z.number(), message: z.string().optional(), data: z.unknown() });
const Rate = z.object({ hashrate_1hour: z.coerce.number().min(0) });
const Account = z.object({ balance: z.array(z.object({ coin: z.string(), amount: z.coerce.number() })) });
/** The pool answers only to addresses on the list of the key. */
const ADDRESS_NOT_ALLOWED = 12_004;

export const askViabtc: AskPool = async (ports) => {
  if (!ports.token) return needsToken('ViaBTC');
  const base = `${ports.baseUrl ?? 'https://www.viabtc.net'}/res/openapi/v1`;
  const request = { headers: { 'x-api-key': ports.token } };
  const answers: unknown[] = [];
  for (const path of ['hashrate?coin=BTC', 'account?coin=BTC']) {
    const reply = await askFor(ports, `${base}/${path}`, Reply, request);
    if (reply.outcome === 'failed') return reply;
    const { code, message, data } = reply.value;
    if (code === ADDRESS_NOT_ALLOWED) {
      return failed('unauthorized', 'ViaBTC does not know this internet address; add it to the IP list of the API key');
    }
    if (code !== 0) return failed('refused', `ViaBTC refuses (${code} ${message ?? ''}); check the API key`);
    answers.push(data);
  }
  const rate = Rate.safeParse(answers[0]);
  const account = Account.safeParse(answers[1]);
  if (!rate.success || !account.success) return failed('garbage', 'ViaBTC answers in an unknown way');
  const held = account.data.balance.find(({ coin }) => coin === 'BTC');
  return {
    outcome: 'ok',
    state: {
      atMs: ports.nowMs,
      hashrateThs: rate.data.hashrate_1hour / 1e12,
      ...(held ? { unpaidSats: satsOfBitcoin(held.amount) } : {}),
      solo: false,
      payouts: [],
    },
  };
};
