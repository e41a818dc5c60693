import type { Behaving } from './behaving.ts';
import { cgminerAsked, cgminerReply, invalidCommand, jsonIn, type HttpAnswer, type HttpAsked } from './faces.ts';

/** Braiins OS 25.03 and newer. Its token runs out after an hour without requests. */
export function braiinsRest(miner: Behaving, nowMs: () => number, password = 'root') {
  let token = '';
  let usedMs = 0;
  let logins = 0;

  function act(path: string, body: string): HttpAnswer {
    if (path === '/performance/power-target') miner.aimAt(Number(jsonIn(body)['watt']));
    else if (path === '/actions/pause') miner.want(false);
    else if (path === '/actions/resume' || path === '/actions/start') miner.want(true);
    else if (path === '/actions/restart') miner.reboot();
    else return { status: 404 };
    return { body: {} };
  }

  function answer({ method, path: url, body, headers }: HttpAsked): HttpAnswer {
    const path = url.replace('/api/v1', '');
    if (path === '/auth/login') {
      if (jsonIn(body)['password'] !== password) return { status: 401 };
      token = `simulated-${++logins}`;
      usedMs = nowMs();
      return { body: { token, timeout_s: 3600 } };
    }
    if (headers['authorization'] !== token || nowMs() - usedMs > 3_600_000) return { status: 401 };
    usedMs = nowMs();
    if (method === 'PUT') return miner.quirks.readOnly ? { status: 403 } : act(path, body);
    const now = miner.now();
    const target = { watt: now.targetW };
    const replies: Record<string, object> = {
      '/configuration/constraints': {
        tuner_constraints: { power_target: { min: { watt: now.spec.minW }, max: { watt: now.spec.maxW } } },
      },
      '/miner/details': {
        status: now.wanted === 'pause' ? 3 : 2,
        bosminer_uptime_s: Math.floor(now.uptimeS),
        miner_identity: { name: 'Antminer S19j Pro' },
      },
      '/miner/stats': {
        miner_stats: { real_hashrate: { last_1m: { gigahash_per_second: now.hashrateThs * 1000 } } },
        pool_stats: {
          accepted_shares: now.accepted,
          rejected_shares: now.rejected,
          last_difficulty: now.spec.poolDifficulty,
        },
        power_stats: { approximated_consumption: { watt: Math.round(now.drawW) } },
      },
      '/performance/tuner-state': { mode_state: { powertargetmodestate: { current_target: target } } },
      '/cooling/state': { highest_temperature: { temperature: { degree_c: now.chipC } } },
      '/pools/': [{ pools: [{ alive: true }] }],
    };
    const reply = replies[path];
    return reply ? { body: miner.spoil(JSON.stringify(reply)) } : { status: 404 };
  }

  return { answer, logins: () => logins };
}

/** Braiins OS before that: pause over 4028 alone. */
export function braiinsCgminer(miner: Behaving, nowMs: () => number, pauses = true) {
  return (request: string): string => {
    const { command } = cgminerAsked(request);
    const now = miner.now();
    if (pauses && (command === 'pause' || command === 'resume')) {
      miner.want(command === 'resume');
      return cgminerReply(nowMs(), 119, command);
    }
    if (command === 'summary')
      return miner.spoil(
        cgminerReply(nowMs(), 11, 'Summary', {
          SUMMARY: [
            { Elapsed: Math.floor(now.uptimeS), 'MHS 5s': now.hashrateThs * 1e6, Accepted: now.accepted, Rejected: 0 },
          ],
        }),
      );
    if (command === 'tunerstatus')
      return cgminerReply(nowMs(), 110, 'Tuner', {
        TUNERSTATUS: [{ PowerLimit: now.targetW, ApproximateMinerPowerConsumption: Math.round(now.drawW) }],
      });
    if (command === 'version')
      return cgminerReply(nowMs(), 22, 'BOSminer versions', { VERSION: [{ API: '3.7', Type: 'Antminer S9' }] });
    return invalidCommand(nowMs());
  };
}
