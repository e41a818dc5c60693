import type { Behaving } from './behaving.ts';
import { jsonIn, type HttpAnswer, type HttpAsked } from './faces.ts';

/** VNish: `bearer` versions want "Bearer" before the token. */
export function vnish(miner: Behaving, options: { version?: string; bearer?: boolean; password?: string } = {}) {
  const { version = '1.3.4', bearer = false, password = 'admin' } = options;
  const wanted = bearer ? 'Bearer simulated' : 'simulated';
  let percent = 100;

  function act(path: string, body: string): HttpAnswer {
    if (path === '/mining/pause' || path === '/mining/stop') miner.want(false);
    else if (path === '/mining/resume' || path === '/mining/start') miner.want(true);
    else if (path === '/mining/restart') miner.reboot();
    else if (path === '/mining/throttle' && !version.startsWith('1.2')) {
      percent = Number(jsonIn(body)['percent']);
      if (!(percent >= 20 && percent <= 100)) return { status: 400 };
      miner.aimAt((percent / 100) * miner.now().spec.maxW);
    } else return { status: 404 };
    return { body: {} };
  }

  return function answer({ method, path: url, body, headers }: HttpAsked): HttpAnswer {
    const path = url.replace('/api/v1', '');
    if (path === '/unlock') return jsonIn(body)['pw'] === password ? { body: { token: 'simulated' } } : { status: 403 };
    const now = miner.now();
    if (path === '/summary') {
      const state = now.phase === 'mining' ? 'mining' : now.phase === 'starting' ? 'starting' : 'stopped';
      const summary = {
        miner_status: { miner_state: state, throttled: percent < 100 },
        miner_type: `Antminer S19k Pro (Vnish ${version})`,
        instant_hashrate: now.hashrateThs,
        power_consumption: Math.round(now.drawW),
        chip_temp: { max: Math.round(now.chipC) },
        pools: [
          { pool_type: 'UserPool', status: 'working', accepted: now.accepted, rejected: now.rejected },
          { pool_type: 'DevFee', status: 'working', accepted: 999, rejected: 0 },
        ],
      };
      return { body: miner.spoil(JSON.stringify({ miner: summary })) };
    }
    if (headers['authorization'] !== wanted) return { status: 401 };
    if (path === '/settings') return { body: { miner: { overclock: { preset: String(now.spec.maxW) } } } };
    return method === 'POST' ? act(path, body) : { status: 404 };
  };
}
