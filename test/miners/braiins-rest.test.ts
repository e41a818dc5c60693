import { describe, expect, it } from 'vitest';
import { httpPeer, type HttpAsk } from '../support/loopback.ts';
import { driverOf, http, run, signal, STOP } from '../support/miners.ts';

interface Bos {
  status: number;
  targetW: number;
  approximatedW: number | null;
  token: string;
  logins: number;
}

async function bos(change: Partial<Bos> = {}) {
  const state: Bos = { status: 2, targetW: 3000, approximatedW: 2950, token: 'token-0', logins: 0, ...change };
  const peer = await httpPeer((ask) => {
    if (ask.path === '/api/v1/auth/login') return logIn(ask, state);
    return ask.headers.authorization === state.token ? answer(ask, state) : { status: 401 };
  });
  return Object.assign(peer, { state });
}

function logIn({ body }: HttpAsk, state: Bos) {
  const { username, password } = JSON.parse(body) as Record<string, string>;
  if (username !== 'root' || password !== 'pw') return { status: 401 };
  state.token = `token-${++state.logins}`;
  return { body: { token: state.token, timeout_s: 3600 } };
}

function answer({ method, path, body }: HttpAsk, state: Bos) {
  if (method === 'PUT' && path.endsWith('/power-target')) state.targetW = (JSON.parse(body) as { watt: number }).watt;
  if (path.endsWith('/actions/pause')) state.status = 3;
  if (path.endsWith('/actions/resume')) state.status = 2;
  if (method === 'PUT') return { body: {} };
  const replies: Record<string, object> = {
    '/configuration/constraints': {
      tuner_constraints: { power_target: { min: { watt: 944 }, default: { watt: 3000 }, max: { watt: 3050 } } },
    },
    '/miner/details': {
      status: state.status,
      miner_identity: { name: 'Antminer S19j Pro' },
      bos_version: { current: '25.07' },
    },
    '/miner/stats': {
      miner_stats: { real_hashrate: { last_1m: { gigahash_per_second: 90_000 } } },
      pool_stats: { accepted_shares: 848, rejected_shares: 0, last_difficulty: 524_288 },
      power_stats: { approximated_consumption: state.approximatedW === null ? null : { watt: state.approximatedW } },
    },
    '/performance/tuner-state': { mode_state: { powertargetmodestate: { current_target: { watt: state.targetW } } } },
  };
  const reply = replies[path.replace('/api/v1', '')];
  return reply ? { body: reply } : { status: 404 };
}

const login = { user: 'root', secret: 'bos' };
const open = (port: number, secrets: Record<string, string> = { bos: 'pw' }) =>
  driverOf('braiins-rest', http(port, login), { secrets });
const writes = (asked: string[]) => asked.filter((line) => line.startsWith('PUT'));

describe('Braiins OS', () => {
  it('tells how hard its shares are, so that its work can be verified', async () => {
    await using peer = await bos();
    expect(await open(peer.port).read(signal)).toMatchObject({
      value: { acceptedShares: 848, shareDifficulty: 524_288 },
    });
  });

  it('takes its range from the miner', async () => {
    await using peer = await bos();
    expect(await open(peer.port).capabilities(signal)).toMatchObject({
      value: { levels: { kind: 'range', minW: 944, maxW: 3050 } },
    });
  });

  it('sets the target before it resumes, rounds down, and writes nothing twice', async () => {
    await using peer = await bos({ status: 3 });
    const driver = open(peer.port);
    for (const setpointW of [2000, 2000, 1999, 0, 0]) await driver.command(run(setpointW), signal);
    expect(writes(peer.asked)).toEqual([
      'PUT /api/v1/performance/power-target {"watt":1994}',
      'PUT /api/v1/actions/resume',
      'PUT /api/v1/actions/pause',
    ]);
  });

  it('pauses below its smallest level', async () => {
    await using peer = await bos();
    expect(await open(peer.port).command(run(900), signal)).toMatchObject({ value: { wrote: ['PUT /actions/pause'] } });
  });

  it('logs in anew once when its token has run out', async () => {
    await using peer = await bos();
    const driver = open(peer.port);
    await driver.read(signal);
    peer.state.token = 'forgotten';
    expect(await driver.read(signal)).toMatchObject({ outcome: 'ok', value: { hashrate: 90 } });
    expect(peer.state.logins).toBe(2);
  });

  it('falls back to the tuner target only while it runs', async () => {
    await using peer = await bos({ approximatedW: null });
    expect(await open(peer.port).read(signal)).toMatchObject({
      value: { draw: 3000, drawSource: 'estimated', state: 'mining' },
    });
    peer.state.status = 3;
    expect(await open(peer.port).read(signal)).not.toHaveProperty('value.draw');
  });

  it.each([
    ['wrong password', {}, { bos: 'wrong' }, 'unauthorized', /user name or password/],
    ['no password', {}, {}, 'unauthorized', /enter it under Devices/],
    ['restricted', { status: 5 }, { bos: 'pw' }, 'refused', /licence/],
  ])('%s', async (_name, change, secrets, kind, words) => {
    await using peer = await bos(change);
    const done = await open(peer.port, { ...secrets }).command(STOP, signal);
    expect(done).toMatchObject({ outcome: 'failed', fault: { kind, message: expect.stringMatching(words) } });
  });

  it('says when the firmware is too old for REST', async () => {
    await using peer = await httpPeer(() => ({ status: 405 }));
    const reading = await open(peer.port).read(signal);
    expect(reading).toMatchObject({ fault: { kind: 'unsupported', message: expect.stringContaining('25.03') } });
  });
});
