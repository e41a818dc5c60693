import { describe, expect, it } from 'vitest';
import { antminerStock } from '#engine/simulator/miners/antminer-stock.ts';
import { avalon, AVALON_1246, AVALON_MINI_3, AVALON_NANO_3S, AVALON_Q } from '#engine/simulator/miners/avalon.ts';
import { bfgminer } from '#engine/simulator/miners/bfgminer.ts';
import { behaving } from '#engine/simulator/miners/behaving.ts';
import { braiinsCgminer } from '#engine/simulator/miners/braiins.ts';
import { luxos } from '#engine/simulator/miners/luxos.ts';
import { relay, shellyGen1, shellyGen2, tasmota } from '#engine/simulator/miners/plugs.ts';
import { epic, mujina, nerdqaxe, xmrig } from '#engine/simulator/miners/small-miners.ts';
import { vnish } from '#engine/simulator/miners/vnish.ts';
import { whatsminerV2 } from '#engine/simulator/miners/whatsminer-v2.ts';
import { whatsminerV3 } from '#engine/simulator/miners/whatsminer-v3.ts';
import type { MinerDriver } from '#engine/miners/driver.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { cgminerPeer, httpPeer, lengthJsonPeer } from '../support/loopback.ts';
import { driverOf, http, NOON_MS, run, signal, STOP, tcp } from '../support/miners.ts';

const NOON_S = NOON_MS / 1000;

/** A miner on a clock that stands but for `wait`. */
function stage(spec = {}) {
  const clock = manualClock(NOON_MS);
  const miner = behaving(clock.now, { startS: 60, ...spec });
  return {
    clock,
    miner,
    nowMs: clock.now,
    ports: { ports: { clock } },
    wait: (seconds: number) => clock.advance(seconds * 1000),
  };
}
const lines = (asked: string[], word: RegExp) => asked.filter((line) => word.test(line));
async function obey(driver: MinerDriver, ...watts: number[]) {
  for (const setpointW of watts) expect(await driver.command(run(setpointW), signal)).toMatchObject({ outcome: 'ok' });
}

describe('commands on the wire', () => {
  it('Antminer stock: the whole configuration goes back, the mode alone changed', async () => {
    const { miner } = stage();
    const stock = antminerStock(miner);
    await using peer = await httpPeer(stock.answer);
    const driver = driverOf('antminer-stock', http(peer.port, { user: 'root', secret: 'k' }), {
      secrets: { k: 'root' },
    });
    const before = structuredClone(stock.config);
    await obey(driver, 3250, 3250, 0);
    const writes = lines(peer.asked, /^POST.*\{/);
    const pools =
      '[{"url":"stratum+tcp://pool1.invalid:3333","user":"owner.1","pass":"secret1"},{"url":"stratum+tcp://pool2.invalid:3333","user":"owner.2","pass":"secret2"},{"url":"stratum+tcp://pool3.invalid:3333","user":"owner.3","pass":"secret3"}]';
    const body = (mode: string) =>
      `POST /cgi-bin/set_miner_conf.cgi {"bitmain-fan-ctrl":false,"bitmain-fan-pwm":"20","miner-mode":"${mode}","freq-level":"100","pools":${pools}}`;
    // The digest challenge is met once.
    expect([...new Set(writes)]).toEqual([body('0'), body('1')]);
    expect(stock.config).toEqual(before);
  });

  it('Antminer stock: nothing is written where the pools cannot be read', async () => {
    const { miner } = stage();
    const stock = antminerStock(miner);
    stock.config['pools'] = [{ url: 'stratum+tcp://pool.invalid:3333', user: 'owner' }];
    await using peer = await httpPeer(stock.answer);
    const driver = driverOf('antminer-stock', http(peer.port, { secret: 'k' }), { secrets: { k: 'root' } });
    expect(await driver.command(run(3250), signal)).toMatchObject({
      outcome: 'failed',
      fault: { message: expect.stringContaining('nothing was written') },
    });
    expect(lines(peer.asked, /^POST/)).toEqual([]);
  });

  it('Antminer stock: low power is the lower of the owner’s two levels; wrong password has its own words', async () => {
    const { miner } = stage();
    await using peer = await httpPeer(antminerStock(miner).answer);
    const driver = driverOf('antminer-stock', http(peer.port, { secret: 'k' }), {
      secrets: { k: 'root' },
      model: { levels: { kind: 'steps', watts: [1800, 3250] } },
    });
    await obey(driver, 2000);
    expect(peer.asked.join()).toContain('"miner-mode":"3"');
    const locked = driverOf('antminer-stock', http(peer.port, { secret: 'k' }), { secrets: { k: 'other' } });
    expect(await locked.read(signal)).toMatchObject({
      fault: { kind: 'unauthorized', message: expect.stringContaining('web page') },
    });
  });

  it('Antminer stock: an unknown model is named and waits for its watts', async () => {
    const { miner } = stage();
    const stock = antminerStock(miner);
    await using peer = await httpPeer((request) => {
      const reply = stock.answer(request);
      return request.path.includes('get_system_info') ? { ...reply, body: { minertype: 'Antminer X99' } } : reply;
    });
    const login = { secrets: { k: 'root' } };
    const driver = driverOf('antminer-stock', http(peer.port, { secret: 'k' }), login);
    expect(await driver.capabilities(signal)).toMatchObject({
      fault: { kind: 'unsupported', message: expect.stringMatching(/“Antminer X99”.*model\.levels/) },
    });
    const told = driverOf('antminer-stock', http(peer.port, { secret: 'k' }), {
      ...login,
      model: { levels: { kind: 'steps', watts: [3000] } },
    });
    expect(await told.capabilities(signal)).toMatchObject({ outcome: 'ok' });
  });

  it('Avalon Q: mode, start and stop by the miner’s own clock, five seconds ahead', async () => {
    const { miner, nowMs, ports, wait } = stage({ minW: 800, maxW: 1650 });
    await using peer = await cgminerPeer(avalon(miner, AVALON_Q, nowMs).answer);
    const driver = driverOf('avalon-q', tcp(peer.port), ports);
    await obey(driver, 1300);
    await wait(60);
    await obey(driver, 1300, 1400, 800, 0);
    expect(lines(peer.asked, /^ascset\|0,[ws]/)).toEqual([
      'ascset|0,workmode,set,1',
      `ascset|0,softon,1:${NOON_S + 5}`,
      'ascset|0,workmode,set,0',
      `ascset|0,softoff,1:${NOON_S + 65}`,
    ]);
    expect(peer.asked.every((line) => !line.startsWith('{'))).toBe(true);
  });

  it('Avalon Q: a stop in the future is its lease, where the owner asks for one', async () => {
    const { miner, nowMs, ports, wait } = stage({ minW: 800, maxW: 1650 });
    const face = avalon(miner, AVALON_Q, nowMs);
    await using peer = await cgminerPeer(face.answer);
    const driver = driverOf('avalon-q', tcp(peer.port), { ...ports, setup: { leaseS: 300 } });
    expect(await driver.capabilities(signal)).toMatchObject({
      value: { deviceLeaseS: 300, levels: { watts: [800, 1300, 1650] } },
    });
    await obey(driver, 800);
    await driver.renew?.(run(800), signal);
    expect(peer.asked.at(-1)).toBe(`ascset|0,softoff,1:${NOON_S + 300}`);
    await wait(301);
    await driver.read(signal);
    await wait(5);
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
  });

  it('Avalon Nano 3S: refused without a plug; calibrating is a matter of waiting', async () => {
    const { miner, nowMs, ports } = stage({ minW: 65, maxW: 140 });
    const nano = avalon(miner, AVALON_NANO_3S, nowMs);
    await using peer = await cgminerPeer(nano.answer);
    expect(await driverOf('avalon-q', tcp(peer.port), ports).capabilities(signal)).toMatchObject({
      fault: { kind: 'unsupported', message: expect.stringContaining('switched plug') },
    });
    const plugged = driverOf('avalon-q', tcp(peer.port), {
      ...ports,
      plug: { family: 'shelly-plug-gen2', connection: http(1), setup: {} },
    });
    expect(await plugged.capabilities(signal)).toMatchObject({ value: { levels: { watts: [65, 100, 140] } } });
    expect(plugged.stopsByPlug?.()).toBe(true);
    nano.state.calibrating = true;
    expect(await plugged.command(run(140), signal)).toMatchObject({
      fault: { kind: 'busy', message: expect.stringContaining('calibrating') },
    });
  });

  it('Avalon Mini 3: the level within the owner’s mode, where its watts are written down', async () => {
    const { miner, nowMs, ports, wait } = stage({ minW: 500, maxW: 800 });
    await using peer = await cgminerPeer(avalon(miner, AVALON_MINI_3, nowMs).answer);
    const levels = { kind: 'steps' as const, watts: [500, 800] };
    const driver = driverOf('avalon-q', tcp(peer.port), { ...ports, model: { levels } });
    expect(await driver.capabilities(signal)).toMatchObject({ value: { levels } });
    await obey(driver, 800);
    await wait(70);
    await obey(driver, 800, 600, 0);
    expect(lines(peer.asked, /^ascset\|0,[ws]/)).toEqual([
      'ascset|0,worklevel,set,0',
      `ascset|0,softon,1:${NOON_S + 5}`,
      'ascset|0,worklevel,set,-1',
      `ascset|0,softoff,1:${NOON_S + 75}`,
    ]);
    const unknown = driverOf('avalon-q', tcp(peer.port), ports);
    expect(await unknown.capabilities(signal)).toMatchObject({ value: { levels: { watts: [500] } } });
  });

  it('Avalon A10 to A15: standby by the miner’s clock; one that no softon wakes is started anew', async () => {
    const { miner, nowMs, ports, wait } = stage({ minW: 3400, maxW: 3400 });
    await using peer = await cgminerPeer(avalon(miner, AVALON_1246, nowMs).answer);
    const driver = driverOf('avalon', tcp(peer.port), ports);
    expect(await driver.capabilities(signal)).toMatchObject({ value: { levels: { watts: [3400] } } });
    expect(await driver.read(signal)).toMatchObject({ value: { model: 'AvalonMiner 1246', state: 'paused' } });
    await obey(driver, 3400);
    await wait(70);
    await obey(driver, 3400);
    await wait(70);
    await obey(driver, 3400, 0);
    expect(peer.asked).toEqual([
      'estats',
      'version',
      'ascset|0,help',
      'estats',
      'summary',
      'pools',
      'estats',
      `ascset|0,softon,1:${NOON_S + 5}`,
      'estats',
      'ascset|0,reboot,0',
      'estats',
      'estats',
      `ascset|0,softoff,1:${NOON_S + 145}`,
    ]);
  });

  it('Braiins before 25.03: pause and resume on the API of CGMiner, each once', async () => {
    const { miner, nowMs, ports, wait } = stage();
    await using peer = await cgminerPeer(braiinsCgminer(miner, nowMs));
    const driver = driverOf('braiins-cgminer', tcp(peer.port), ports);
    expect(await driver.capabilities(signal)).toMatchObject({ outcome: 'ok' });
    await obey(driver, 3000);
    await wait(90);
    await obey(driver, 3000, 0);
    await wait(90);
    await obey(driver, 0);
    expect(lines(peer.asked, /pause|resume/)).toEqual(['{"command":"resume"}', '{"command":"pause"}']);
  });

  it('BFGMiner: every processor of each board by itself, its rate by its own log interval', async () => {
    const { miner, nowMs, ports, wait } = stage({ minW: 900, maxW: 900, rampUpWps: 100 });
    miner.now().wanted = 'pause';
    await using peer = await cgminerPeer(bfgminer(miner, nowMs));
    const model = { levels: { kind: 'steps' as const, watts: [900] } };
    const driver = driverOf('bfgminer', tcp(peer.port), { ...ports, model });
    await obey(driver, 900);
    await wait(90);
    await obey(driver, 900);
    // 30 TH/s give or take the shares of 20 s.
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'mining', hashrate: expect.closeTo(30, -1) } });
    await obey(driver, 0, 0);
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    const each = (command: string) => [0, 1, 2, 3].map((id) => `{"command":"${command}","parameter":"${id}"}`);
    expect(lines(peer.asked, /proc(en|dis)able/).filter((line) => !line.includes('check'))).toEqual([
      ...each('procenable'),
      ...each('procdisable'),
    ]);
  });

  it('ePIC: the power target alone, where its owner tunes for power; never another algorithm', async () => {
    const { miner, ports, wait } = stage();
    const secrets = { k: 'letmein' };
    await using peer = await httpPeer(epic(miner, 'letmein', { algorithm: 'PowerTune', target: 3000 }));
    const driver = driverOf('epic', http(peer.port, { secret: 'k' }), { ...ports, secrets });
    expect(await driver.capabilities(signal)).toMatchObject({
      value: { levels: { kind: 'range', minW: 900, maxW: 3000 } },
    });
    miner.want(false);
    await obey(driver, 1500);
    await wait(90);
    await obey(driver, 1500);
    expect(await driver.read(signal)).toMatchObject({
      value: { powerTarget: 1500, powerMin: 900, powerMax: 3000, shareDifficulty: 1024 },
    });
    expect(lines(peer.asked, /^POST/)).toEqual([
      'POST /perpetualtune/algo {"param":{"algo":"PowerTune","target":1500,"min_throttle":50,"throttle_step":5},"password":"letmein"}',
      'POST /miner {"param":"Autostart","password":"letmein"}',
    ]);
    await using other = await httpPeer(epic(miner));
    const hashrate = driverOf('epic', http(other.port, { secret: 'k' }), { ...ports, secrets });
    await hashrate.capabilities(signal);
    await obey(hashrate, 1500);
    expect(lines(other.asked, /perpetualtune/)).toEqual([]);
  });

  it('ePIC: says so where a write changed more than the target', async () => {
    const { miner, ports } = stage();
    const honest = epic(miner, 'letmein', { algorithm: 'PowerTune', target: 3000 });
    let written = false;
    await using peer = await httpPeer((ask) => {
      written ||= ask.path === '/perpetualtune/algo';
      const answer = honest(ask);
      if (!written || typeof answer.body !== 'string') return answer;
      return { ...answer, body: answer.body.replace('owner.1', 'somebody.else') };
    });
    const driver = driverOf('epic', http(peer.port, { secret: 'k' }), { ...ports, secrets: { k: 'letmein' } });
    await driver.capabilities(signal);
    expect(await driver.command(run(1500), signal)).toMatchObject({
      outcome: 'failed',
      fault: { message: expect.stringContaining('StratumConfigs') },
    });
  });

  it('mujina on a Nano 3S: the power target of its board, then the start', async () => {
    const { miner, ports } = stage({ minW: 20, maxW: 130, standbyW: 2 });
    await using peer = await httpPeer(mujina(miner, 'Avalon Nano3S'));
    const driver = driverOf('mujina', http(peer.port), ports);
    expect(await driver.capabilities(signal)).toMatchObject({ value: { levels: { minW: 20, maxW: 130 } } });
    miner.want(false);
    await obey(driver, 90, 90, 120, 0);
    expect(lines(peer.asked, /^PATCH/)).toEqual([
      'PATCH /api/v0/boards/board-1/power-target {"target_w":90}',
      'PATCH /api/v0/miner {"paused":false}',
      'PATCH /api/v0/boards/board-1/power-target {"target_w":120}',
      'PATCH /api/v0/miner {"paused":true}',
    ]);
  });

  it('LuxOS: each write inside one session that is given back', async () => {
    const { miner, nowMs, ports } = stage();
    const face = luxos(miner, nowMs);
    await using peer = await cgminerPeer(face.answer);
    const driver = driverOf('luxos', tcp(peer.port), ports);
    await obey(driver, 1600, 1500, 0, 0);
    expect(lines(peer.asked, /log|curtail|atm|profileset/)).toEqual([
      '{"command":"logon"}',
      '{"command":"atmset","parameter":"sid1,enabled=false"}',
      '{"command":"profileset","parameter":"sid1,all,240MHz"}',
      '{"command":"curtail","parameter":"sid1,wakeup"}',
      '{"command":"logoff","parameter":"sid1"}',
      '{"command":"logon"}',
      '{"command":"curtail","parameter":"sid2,sleep"}',
      '{"command":"logoff","parameter":"sid2"}',
    ]);
    expect(face.openSession()).toBeUndefined();
    face.state.taken = true;
    expect(await driver.command(run(1500), signal)).toMatchObject({
      fault: { kind: 'busy', message: expect.stringContaining('another program') },
    });
  });

  it.each([
    ['plain', false],
    ['Bearer', true],
  ])('VNish with a %s token: throttle along the preset, never another preset', async (_name, bearer) => {
    const { miner, ports, wait } = stage({ minW: 600 });
    await using peer = await httpPeer(vnish(miner, { bearer }));
    const driver = driverOf('vnish', http(peer.port, { secret: 'k' }), { ...ports, secrets: { k: 'admin' } });
    await obey(driver, 1500);
    await wait(90);
    await obey(driver, 1500, 1510, 0);
    expect([...new Set(lines(peer.asked, /^POST.*mining/))]).toEqual([
      'POST /api/v1/mining/throttle {"percent":50}',
      'POST /api/v1/mining/start',
      'POST /api/v1/mining/pause',
    ]);
  });

  it('VNish before 1.3 has one level; a wrong password has its own words', async () => {
    const { miner, ports } = stage();
    await using peer = await httpPeer(vnish(miner, { version: '1.2.7' }));
    const open = (k: string) => driverOf('vnish', http(peer.port, { secret: 'k' }), { ...ports, secrets: { k } });
    expect(await open('admin').capabilities(signal)).toMatchObject({
      value: { levels: { kind: 'steps', watts: [3000] } },
    });
    expect(await open('wrong').capabilities(signal)).toMatchObject({
      fault: { kind: 'unauthorized', message: expect.stringContaining('VNish web page') },
    });
  });

  it('Whatsminer 2: encrypted to the byte, one token for all, the percentage only at full frequency', async () => {
    const { miner, nowMs, ports, wait } = stage();
    const face = whatsminerV2(miner, nowMs);
    await using peer = await cgminerPeer(face.answer);
    const driver = driverOf('whatsminer-v2', tcp(peer.port, 'k'), { ...ports, secrets: { k: 'admin' } });
    expect(await driver.command(run(1500), signal)).toMatchObject({ value: { wrote: ['power_on'], unfinished: true } });
    await wait(30);
    expect(await driver.command(run(1500), signal)).toMatchObject({ value: { wrote: [], unfinished: true } });
    await wait(60);
    await obey(driver, 1500, 1500, 0, 0);
    const sign = 'YeDKdUErnDW.4fbB65LsD1';
    expect(face.plain).toEqual([
      `{"cmd":"power_on","token":"${sign}"}`,
      `{"cmd":"set_power_pct","percent":"50","token":"${sign}"}`,
      `{"cmd":"power_off","respbefore":"true","token":"${sign}"}`,
    ]);
    expect(lines(peer.asked, /get_token/)).toEqual(['{"cmd":"get_token"}']);
    // Worked out with openssl passwd -1, dgst -sha256 and enc -aes-256-ecb -nopad.
    expect(lines(peer.asked, /enc/).at(-1)).toBe(
      '{"enc":1,"data":"p/QzYk8jszmQrR9dnOEVtXIRGg7DTmk9EUY2Z5AGabmXE9uaOgah2+aEOFK/+YqMrwDMHeyPuorqxFsnsqIDmUZng7JfoC73dSeVrW67/6k="}',
    );
  });

  it('Whatsminer 2: a wrong password costs one token, and no second one within three minutes', async () => {
    const { miner, nowMs, ports, wait } = stage();
    await using peer = await cgminerPeer(whatsminerV2(miner, nowMs).answer);
    const driver = driverOf('whatsminer-v2', tcp(peer.port, 'k'), { ...ports, secrets: { k: 'wrong' } });
    expect(await driver.command(run(1500), signal)).toMatchObject({
      fault: { kind: 'unauthorized', message: expect.stringContaining('WhatsMinerTool') },
    });
    expect(await driver.command(run(1500), signal)).toMatchObject({ fault: { kind: 'busy' } });
    await wait(200);
    expect(await driver.command(run(1500), signal)).toMatchObject({ fault: { kind: 'unauthorized' } });
    expect(lines(peer.asked, /get_token/)).toHaveLength(2);
  });

  it('Whatsminer 3: signed with the miner’s time', async () => {
    const { miner, nowMs, ports, wait } = stage();
    await using peer = await lengthJsonPeer(whatsminerV3(miner, nowMs));
    const open = (k: string) => driverOf('whatsminer-v3', tcp(peer.port, 'k'), { ...ports, secrets: { k } });
    const driver = open('super');
    await obey(driver, 1500);
    await wait(90);
    await obey(driver, 1500, 1500, 0);
    const writes = lines(peer.asked, /"set\./).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(writes.map(({ cmd, param }) => [cmd, param])).toEqual([
      ['set.miner.service', 'start'],
      ['set.miner.power_percent', { percent: '50', mode: 'fast' }],
      ['set.miner.service', 'stop'],
    ]);
    // python: base64(sha256('set.miner.service' + 'super' + 'uhCiDyVj' + '1782036000'))[:8]
    expect(peer.asked.find((line) => line.includes('"set.'))).toBe(
      '{"cmd":"set.miner.service","param":"start","ts":1782036000,"account":"super","token":"/WsImbee"}',
    );
    expect(await open('wrong').command(run(1500), signal)).toMatchObject({ fault: { kind: 'unauthorized' } });
  });

  it('the small ones', async () => {
    const { miner, ports } = stage({ minW: 18, maxW: 19, standbyW: 1 });
    const cases: [string, Parameters<typeof httpPeer>[0], Record<string, string>, string[]][] = [
      ['nerdqaxe', nerdqaxe(miner), {}, ['POST /api/system/restart', 'POST /api/system/shutdown']],
      [
        'epic',
        epic(miner),
        { k: 'letmein' },
        ['POST /miner {"param":"Autostart","password":"letmein"}', 'POST /miner {"param":"Stop","password":"letmein"}'],
      ],
      ['mujina', mujina(miner), {}, ['PATCH /api/v0/miner {"paused":false}', 'PATCH /api/v0/miner {"paused":true}']],
      [
        'xmrig',
        xmrig(miner),
        { k: 'token' },
        [
          'POST /json_rpc {"id":1,"jsonrpc":"2.0","method":"resume"}',
          'POST /json_rpc {"id":1,"jsonrpc":"2.0","method":"pause"}',
        ],
      ],
    ];
    for (const [family, answer, secrets, writes] of cases) {
      miner.want(false);
      miner.now().step(1);
      await using peer = await httpPeer(answer);
      const driver = driverOf(family, http(peer.port, { secret: 'k' }), { ...ports, secrets });
      await obey(driver, 5000);
      miner.now().step(1);
      await obey(driver, 5000, 0);
      miner.now().step(1);
      await obey(driver, 0);
      expect(lines(peer.asked, /^(POST|PATCH)/), family).toEqual(writes);
    }
  });

  it.each([
    ['epic', epic, { k: 'wrong' }, 'unauthorized', /password/],
    ['xmrig', xmrig, { k: 'wrong' }, 'unauthorized', /restricted/],
  ] as const)('%s with a wrong password says what to do', async (family, answer, secrets, kind, words) => {
    const { miner, ports } = stage();
    await using peer = await httpPeer(answer(miner));
    const done = await driverOf(family, http(peer.port, { secret: 'k' }), {
      ...ports,
      secrets: { ...secrets },
    }).command(run(5000), signal);
    expect(done).toMatchObject({ outcome: 'failed', fault: { kind, message: expect.stringMatching(words) } });
  });
});

describe('switched plugs', () => {
  const kinds: [string, typeof shellyGen1, string, string][] = [
    ['shelly-plug-gen1', shellyGen1, 'GET /relay/0?turn=on&timer=120', 'GET /relay/0?turn=off'],
    [
      'shelly-plug-gen2',
      shellyGen2,
      'GET /rpc/Switch.Set?id=0&on=true&toggle_after=120',
      'GET /rpc/Switch.Set?id=0&on=false',
    ],
    ['tasmota-plug', tasmota, 'GET /cm?cmnd=Backlog%20PulseTime1%20220%3B%20Power1%20ON', 'GET /cm?cmnd=Power1%20OFF'],
  ];

  it.each(kinds)(
    '%s: its off-timer is wound up again, and runs out when nobody does',
    async (family, face, on, off) => {
      const { nowMs, ports, wait } = stage();
      const by = relay(nowMs);
      await using peer = await httpPeer(face(by, () => 480));
      const driver = driverOf(family, http(peer.port), { ...ports, setup: { leaseS: 120 } });
      expect(await driver.capabilities(signal)).toMatchObject({ value: { kind: 'switch', deviceLeaseS: 120 } });
      await obey(driver, 480);
      await wait(100);
      await driver.renew?.(run(480), signal);
      await wait(100);
      expect(by.offInS()).toBe(20);
      expect(await driver.read(signal)).toMatchObject({ value: { draw: 480, drawSource: 'plug', state: 'mining' } });
      await wait(30);
      expect(await driver.read(signal)).toMatchObject({ value: { draw: 0, state: 'paused' } });
      await obey(driver, 480, 0);
      expect(lines(peer.asked, /turn=|Switch\.Set|Power1/)).toEqual([on, on, on, off]);
    },
  );

  it('without a lease an unchanged state is not written', async () => {
    const { nowMs, ports } = stage();
    await using peer = await httpPeer(shellyGen2(relay(nowMs), () => 480));
    const driver = driverOf('shelly-plug-gen2', http(peer.port), ports);
    await obey(driver, 480, 480);
    expect(lines(peer.asked, /Set\?/)).toEqual(['GET /rpc/Switch.Set?id=0&on=true']);
    expect(await driver.command(STOP, signal)).toMatchObject({ outcome: 'ok' });
  });
});
