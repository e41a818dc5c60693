import { createHash } from 'node:crypto';
import type { Behaving } from './behaving.ts';
import { jsonIn, type HttpAnswer, type HttpAsked } from './faces.ts';

const NONCE = 'simulated';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Bitmain's web pages behind HTTP digest; `config` is what the owner has set. */
export function antminerStock(miner: Behaving, login = { user: 'root', password: 'root' }) {
  const config: Record<string, unknown> = {
    pools: [1, 2, 3].map((n) => ({
      url: `stratum+tcp://pool${n}.invalid:3333`,
      user: `owner.${n}`,
      pass: `secret${n}`,
    })),
    'bitmain-fan-ctrl': false,
    'bitmain-fan-pwm': '20',
    'bitmain-freq': '615',
    'bitmain-work-mode': '1',
    'bitmain-freq-level': '100',
  };

  function isIn({ method, path, headers }: HttpAsked): boolean {
    const given = String(headers['authorization'] ?? '');
    const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1] ?? '';
    const ha1 = md5(`${login.user}:antMiner Configuration:${login.password}`);
    const expected = md5(`${ha1}:${NONCE}:${field('nc')}:${field('cnonce')}:auth:${md5(`${method}:${path}`)}`);
    return given.startsWith('Digest ') && field('response') === expected;
  }

  function write(body: string): HttpAnswer {
    const asked = jsonIn(body);
    if (miner.quirks.readOnly) return { body: { stats: 'error', code: 'M001', msg: 'Not allowed!' } };
    const mode = String(asked['miner-mode']);
    // What is left out is gone: the page replaces the whole configuration.
    config['pools'] = asked['pools'] ?? [{ url: '', user: '', pass: '' }];
    config['bitmain-fan-ctrl'] = asked['bitmain-fan-ctrl'];
    config['bitmain-fan-pwm'] = asked['bitmain-fan-pwm'];
    config['bitmain-freq-level'] = asked['freq-level'];
    config['bitmain-work-mode'] = mode;
    miner.want(mode !== '1');
    miner.aimAt(mode === '3' ? 1800 : 3000);
    return { body: { stats: 'success', code: 'M000', msg: 'OK!' } };
  }

  function answer(asked: HttpAsked): HttpAnswer {
    if (!isIn(asked))
      return {
        status: 401,
        headers: { 'www-authenticate': `Digest realm="antMiner Configuration", nonce="${NONCE}", qop="auth"` },
      };
    const page = asked.path.replace('/cgi-bin/', '').replace('.cgi', '');
    const now = miner.now();
    const rate = now.hashrateThs * 1000;
    const awake = now.phase !== 'paused';
    if (page === 'set_miner_conf') return write(asked.body);
    if (page === 'get_miner_conf') return { body: config };
    if (page === 'get_system_info')
      return {
        body: { minertype: 'Antminer S19', system_filesystem_version: 'simulated', macaddr: '02:00:00:00:00:01' },
      };
    if (page === 'pools')
      return {
        body: { POOLS: [{ status: awake ? 'Alive' : 'Disabled', accepted: now.accepted, rejected: now.rejected }] },
      };
    if (page !== 'stats') return { status: 404 };
    const chain = [{ temp_chip: [Math.round(now.chipC)], asic_num: awake ? 76 : 0 }];
    const stats = {
      elapsed: awake ? Math.floor(now.uptimeS) : 1,
      rate_5s: rate,
      rate_unit: 'GH/s',
      'miner-mode': Number(config['bitmain-work-mode']),
      chain,
      fan: [5700],
    };
    return { body: miner.spoil(JSON.stringify({ STATS: [stats] })) };
  }

  return { config, answer };
}
