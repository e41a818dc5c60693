import { describe, expect, it } from 'vitest';
import { cgminerKey, cgminerPeer, INVALID, OK } from '../support/loopback.ts';
import { driverOf, run, signal, STOP, tcp } from '../support/miners.ts';

const SUMMARY = {
  ...OK,
  SUMMARY: [
    { Elapsed: 900, 'MHS 5s': 2_500_000, 'MHS av': 9e9, Accepted: 7, Rejected: 1, 'Difficulty Accepted': 7000 },
  ],
};
const POOLS = { ...OK, POOLS: [{ Status: 'Dead' }, { Status: 'Alive' }] };
const DEVS = {
  ...OK,
  DEVS: [
    { ASC: 0, Name: 'BMU', Enabled: 'Y', Temperature: 61.5 },
    { ASC: 1, Name: 'BMU', Enabled: 'N', Temperature: 0 },
  ],
};

function miner(abilities: readonly string[]) {
  return cgminerPeer((request) => {
    const [command = '', parameter = ''] = cgminerKey(request).split('|');
    if (command === 'check')
      return { ...OK, CHECK: [{ Exists: abilities.includes(parameter) ? 'Y' : 'N', Access: 'Y' }] };
    if (command === 'privileged' && !abilities.includes(command))
      return { STATUS: [{ STATUS: 'E', Code: 45, Msg: 'Access denied' }] };
    const replies: Record<string, object> = { summary: SUMMARY, pools: POOLS, devs: DEVS };
    return replies[command] ?? (abilities.includes(command) ? OK : INVALID);
  });
}

describe('plain CGMiner API', () => {
  it('reads the present rate, shares and pools; power is unknown', async () => {
    await using peer = await miner([]);
    const reading = await driverOf('cgminer', tcp(peer.port)).read(signal);
    expect(reading).toMatchObject({
      outcome: 'ok',
      value: {
        hashrate: 2.5,
        acceptedShares: 7,
        rejectedShares: 1,
        acceptedDifficulty: 7000,
        uptime: 900,
        temperature: 61.5,
      },
    });
    expect(reading).toMatchObject({ value: { state: 'mining', poolAlive: true } });
    expect(reading).not.toHaveProperty('value.draw');
  });

  it('pauses and resumes where a fork can, and tells one that runs on once more', async () => {
    await using peer = await miner(['privileged', 'pause', 'resume']);
    const driver = driverOf('cgminer', tcp(peer.port));
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: ['pause'] } });
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: ['pause'] } });
    expect(await driver.command(run(1000), signal)).toMatchObject({ value: { wrote: ['resume'] } });
    expect(peer.asked.filter((line) => !line.includes('devs'))).toEqual([
      '{"command":"privileged"}',
      '{"command":"ascset","parameter":"0,help"}',
      '{"command":"check","parameter":"pause"}',
      '{"command":"check","parameter":"resume"}',
      '{"command":"pause"}',
      '{"command":"pause"}',
      '{"command":"resume"}',
    ]);
  });

  it('sets a power target where the help offers one, before it resumes', async () => {
    let limitW = 3000;
    let on = 'N';
    await using peer = await cgminerPeer((request) => {
      const key = cgminerKey(request);
      if (key === 'ascset|0,help')
        return { STATUS: [{ STATUS: 'I', Code: 118, Msg: 'ASC 0 set info: power: range 944-3050 W' }] };
      if (key.startsWith('ascset|0,power,')) limitW = Number(key.split(',').at(-1));
      if (key === 'resume') on = 'Y';
      if (key.startsWith('check')) return { ...OK, CHECK: [{ Exists: 'Y', Access: 'Y' }] };
      if (key === 'summary') return { ...OK, SUMMARY: [{ Power: 1490, 'Power Limit': limitW }] };
      return key === 'devs' ? { ...OK, DEVS: [{ ASC: 0, Enabled: on }] } : OK;
    });
    const driver = driverOf('cgminer', tcp(peer.port));
    expect(await driver.capabilities(signal)).toMatchObject({
      value: { levels: { kind: 'range', minW: 944, maxW: 3050 } },
    });
    for (const watts of [1500.7, 1500, 1500]) await driver.command(run(watts), signal);
    expect(peer.asked.filter((line) => /power|resume"}|pause"}/.test(line) && !line.includes('check'))).toEqual([
      '{"command":"ascset","parameter":"0,power,1500"}',
      '{"command":"resume"}',
    ]);
    expect(await driver.read(signal)).toMatchObject({
      value: { draw: 1490, drawSource: 'measured', powerTarget: 1500 },
    });
  });

  it('switches the devices off one by one, only those that are on', async () => {
    await using peer = await miner(['privileged', 'ascdisable', 'ascenable']);
    const driver = driverOf('cgminer', tcp(peer.port));
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: ['ascdisable BMU 0'] } });
    expect(peer.asked.at(-1)).toBe('{"command":"ascdisable","parameter":"0"}');
  });

  it.each([
    ['write access denied', [], /api-allow/],
    ['no way to stop it', ['privileged'], /switched plug/],
  ])('%s: the miner is shown, not commanded', async (_name, abilities, words) => {
    await using peer = await miner(abilities);
    const driver = driverOf('cgminer', tcp(peer.port));
    const fault = { kind: 'refused', message: expect.stringMatching(words) };
    expect(await driver.capabilities(signal)).toMatchObject({ outcome: 'failed', fault });
    expect(await driver.command(STOP, signal)).toMatchObject({ outcome: 'failed', fault });
    expect(await driver.read(signal)).toMatchObject({ outcome: 'ok' });
  });
});
