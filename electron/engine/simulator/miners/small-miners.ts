import type { Behaving } from './behaving.ts';
import { jsonIn, type HttpAnswer, type HttpAsked } from './faces.ts';

type Answer = (asked: HttpAsked) => HttpAnswer;

/** NerdQAxe: `shutdown` cuts the chips' supply, only a restart brings them back. */
export function nerdqaxe(miner: Behaving): Answer {
  return ({ method, path }) => {
    if (method === 'POST' && path === '/api/system/shutdown') return (miner.want(false), { body: {} });
    if (method === 'POST' && path === '/api/system/restart') {
      miner.reboot();
      miner.want(true);
      return { body: {} };
    }
    if (path !== '/api/system/info') return { status: 404 };
    const now = miner.now();
    const info = {
      deviceModel: 'NerdQAxe++',
      asicCount: 4,
      power: now.drawW,
      hashRate: now.hashrateThs * 1000,
      temp: now.chipC,
      shutdown: now.wanted === 'pause',
      sharesAccepted: now.accepted,
      sharesRejected: now.rejected,
      uptimeSeconds: Math.floor(now.uptimeS),
      fanrpm: 1800,
      version: 'simulated',
    };
    return { body: miner.spoil(JSON.stringify(info)) };
  };
}

/** ePIC PowerPlay; `tuning` is its owner's: a target in watts, or in TH/s. */
export function epic(
  miner: Behaving,
  password = 'letmein',
  tuning = { algorithm: 'VoltageOptimizer', target: 143 },
): Answer {
  let throttle: { min: unknown; step: unknown } = { min: 50, step: 5 };
  return ({ method, path, body }) => {
    const now = miner.now();
    if (method === 'POST' && path === '/miner') {
      const asked = jsonIn(body);
      if (asked['password'] !== password) return { body: { result: false, error: 'Incorrect password' } };
      miner.want(asked['param'] === 'Autostart');
      return { body: { result: true } };
    }
    if (method === 'POST' && path === '/perpetualtune/algo') {
      const { param, password: given } = jsonIn(body) as { param: Record<string, unknown>; password: unknown };
      if (given !== password) return { body: { result: false, error: 'Incorrect password' } };
      tuning = { algorithm: String(param['algo']), target: Number(param['target']) };
      throttle = { min: param['min_throttle'], step: param['throttle_step'] };
      miner.aimAt(tuning.target);
      return { body: { result: true } };
    }
    const { minW: min, maxW: max } = now.spec;
    const offered = [
      { algorithm: 'VoltageOptimizer', min: 60, max: 300 },
      { algorithm: 'PowerTune', min, max },
    ];
    if (path === '/capabilities') return { body: { Model: 'Antminer S19 XP', PerpetualTune: offered } };
    if (path !== '/summary') return { status: 404 };
    const state = { mining: 'Mining', starting: 'Initializing', paused: 'Stopped' }[now.phase];
    const summary = {
      Status: { 'Operating State': state },
      'Power Supply Stats': { 'Input Power': now.drawW },
      PresetInfo: { 'Target Power': now.spec.maxW },
      PerpetualTune: {
        Running: true,
        Algorithm: {
          [tuning.algorithm]: {
            Target: tuning.target,
            'Min Throttle Target': throttle.min,
            'Throttle Step': throttle.step,
          },
        },
      },
      StratumConfigs: [{ pool: 'stratum+tcp://pool.invalid:3333', login: 'owner.1' }],
      HBs: [{ Hashrate: [now.hashrateThs * 1e6], Temperature: now.chipC }],
      Session: {
        Accepted: now.accepted,
        Rejected: now.rejected,
        Difficulty: now.spec.poolDifficulty,
        Uptime: Math.floor(now.uptimeS),
      },
      Stratum: { IsPoolConnected: true },
      Software: 'simulated',
    };
    return { body: miner.spoil(JSON.stringify(summary)) };
  };
}

/** mujina: one member is written, and on a board with a power target that. */
export function mujina(miner: Behaving, model = 'EmberOne'): Answer {
  return ({ method, path, body }) => {
    if (method === 'PATCH' && path === '/api/v0/boards/board-1/power-target') {
      miner.aimAt(Number(jsonIn(body)['target_w']));
      return { status: 204 };
    }
    if (path !== '/api/v0/miner') return { status: 404 };
    if (method === 'PATCH') miner.want(jsonIn(body)['paused'] === false);
    const now = miner.now();
    const boards = [
      {
        name: 'board-1',
        model,
        powers: [{ power_w: now.drawW }],
        temperatures: [{ temperature_c: now.chipC }],
        fans: [{ rpm: 3000 }],
      },
    ];
    return {
      body: miner.spoil(
        JSON.stringify({
          paused: now.wanted === 'pause',
          hashrate: now.hashrateThs * 1e12,
          uptime_secs: Math.floor(now.uptimeS),
          boards,
        }),
      ),
    };
  };
}

/** XMRig with its HTTP API. */
export function xmrig(miner: Behaving, token = 'token'): Answer {
  return ({ path, body, headers }) => {
    if (headers['authorization'] !== `Bearer ${token}`) return { status: 401 };
    const now = miner.now();
    const restricted = miner.quirks.readOnly === true;
    if (path === '/json_rpc') {
      if (restricted) return { status: 403 };
      miner.want(jsonIn(body)['method'] === 'resume');
      return { body: { id: 1, jsonrpc: '2.0', result: { status: 'OK' } } };
    }
    const summary = {
      restricted,
      paused: now.wanted === 'pause',
      uptime: Math.floor(now.uptimeS),
      hashrate: { total: [now.phase === 'mining' ? 4800 : null, null, null] },
      results: { shares_good: now.accepted, shares_total: now.accepted + now.rejected },
      connection: { uptime: 100 },
      version: 'simulated',
      cpu: { brand: 'Simulated CPU' },
    };
    return { body: miner.spoil(JSON.stringify(summary)) };
  };
}
