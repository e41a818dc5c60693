import { describe, expect, it } from 'vitest';
import { httpPeer } from '../support/loopback.ts';
import { driverOf, http, run, signal, STOP } from '../support/miners.ts';

const INFO = {
  power: 18.5,
  hashRate: 1071,
  ASICModel: 'BM1370',
  boardVersion: '602',
  version: 'v2.14.1',
  temp: 58,
  temp2: -1,
  sharesAccepted: 3,
};

function bitaxe(info: Record<string, unknown>) {
  const state: Record<string, unknown> = { ...INFO, ...info };
  return httpPeer(({ method, path }) => {
    if (method === 'POST') state['miningPaused'] = path.endsWith('pause');
    return path === '/api/system/info' || method === 'POST'
      ? { body: state }
      : { status: 404, body: { error: 'unknown route' } };
  });
}

describe('AxeOS', () => {
  it('tells its one level from its draw', async () => {
    await using peer = await bitaxe({ miningPaused: false });
    const found = await driverOf('axeos', http(peer.port)).capabilities(signal);
    expect(found).toMatchObject({ value: { levels: { kind: 'steps', watts: [18.5] }, startS: 11 } });
  });

  it('pauses and resumes, writes nothing to flash and nothing twice', async () => {
    await using peer = await bitaxe({ miningPaused: false });
    const driver = driverOf('axeos', http(peer.port));
    for (const order of [STOP, STOP, run(20), run(18)]) await driver.command(order, signal);
    expect(peer.asked.filter((line) => !line.startsWith('GET'))).toEqual([
      'POST /api/system/pause',
      'POST /api/system/resume',
    ]);
  });

  it.each([
    [{ miningPaused: true, hashRate: 0 }, 'paused'],
    [{ hashRate: 0 }, 'starting'],
    [{ overheat_mode: 1 }, 'fault'],
    [{}, 'mining'],
  ])('%j is %s', async (info, state) => {
    await using peer = await bitaxe(info);
    const reading = await driverOf('axeos', http(peer.port)).read(signal);
    expect(reading).toMatchObject({ value: { state, temperature: 58, model: 'Bitaxe Gamma 602 (BM1370)' } });
  });

  it('refuses firmware that cannot pause, and says what to do', async () => {
    await using peer = await bitaxe({ version: 'v2.12.2' });
    const fault = { kind: 'unsupported', message: expect.stringMatching(/v2\.12\.2.*v2\.14\.0.*plug/) };
    expect(await driverOf('axeos', http(peer.port)).capabilities(signal)).toMatchObject({ outcome: 'failed', fault });
    expect(await driverOf('axeos', http(peer.port)).command(STOP, signal)).toMatchObject({ outcome: 'failed', fault });
  });

  it('leaves a sensor that is not there out', async () => {
    await using peer = await bitaxe({ temp: -1, power: undefined });
    const reading = await driverOf('axeos', http(peer.port)).read(signal);
    expect(reading).not.toHaveProperty('value.temperature');
    expect(reading).not.toHaveProperty('value.draw');
  });
});
