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

/** ePIC PowerPlay. */
export function epic(miner: Behaving, password = 'letmein'): Answer {
  return ({ method, path, body }) => {
    const now = miner.now();
    if (method === 'POST' && path === '/miner') {
      const asked = jsonIn(body);
      if (asked['password'] !== password) return { body: { result: false, error: 'Incorrect password' } };
      miner.want(asked['param'] === 'Autostart');
      return { body: { result: true } };
    }
    if (path === '/capabilities') return { body: { Model: 'Antminer S19 XP' } };
    if (path !== '/summary') return { status: 404 };
    const state = { mining: 'Mining', starting: 'Initializing', paused: 'Stopped' }[now.phase];
    const summary = {
      Status: { 'Operating State': state },
      'Power Supply Stats': { 'Input Power': now.drawW },
      PresetInfo: { 'Target Power': now.spec.maxW },
      HBs: [{ Hashrate: [now.hashrateThs * 1e6], Temperature: now.chipC }],
      Session: { Accepted: now.accepted, Rejected: now.rejected, Uptime: Math.floor(now.uptimeS) },
      Stratum: { IsPoolConnected: true },
      Software: 'simulated',
    };
    return { body: miner.spoil(JSON.stringify(summary)) };
  };
}

/** mujina: one member is written. */
export function mujina(miner: Behaving): Answer {
  return ({ method, path, body }) => {
    if (path !== '/api/v0/miner') return { status: 404 };
    if (method === 'PATCH') miner.want(jsonIn(body)['paused'] === false);
    const now = miner.now();
    const boards = [
      {
        model: 'EmberOne',
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
