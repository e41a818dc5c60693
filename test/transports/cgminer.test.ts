import { describe, expect, it } from 'vitest';
import { cgminerClient, cgminerCommand } from '#engine/transports/cgminer.ts';
import { cgminerPeer, INVALID, OK, silentPeer } from '../support/loopback.ts';

const signal = AbortSignal.timeout(60_000);
const client = (port: number) => cgminerClient({ host: '127.0.0.1', port });

describe('the CGMiner API', () => {
  it('asks once for each connection and reads up to the NUL', async () => {
    await using peer = await cgminerPeer((request) =>
      request.includes('summary') ? { ...OK, SUMMARY: [{ Elapsed: 5 }] } : INVALID,
    );
    const reply = await client(peer.port).send(cgminerCommand('summary'), signal);
    expect(reply).toMatchObject({
      outcome: 'ok',
      status: { letter: 'S', code: 119 },
      value: { SUMMARY: [{ Elapsed: 5 }] },
    });
    await client(peer.port).send(cgminerCommand('ascset', '0,workmode,set,1'), signal);
    expect(peer.asked).toEqual(['{"command":"summary"}', '{"command":"ascset","parameter":"0,workmode,set,1"}']);
  });

  it('never has two requests at one miner', async () => {
    let open = 0;
    let most = 0;
    await using peer = await cgminerPeer(() => {
      most = Math.max(most, ++open);
      setImmediate(() => open--);
      return OK;
    });
    await Promise.all([1, 2, 3, 4].map(() => client(peer.port).send('summary', signal)));
    expect({ most, asked: peer.asked.length }).toEqual({ most: 1, asked: 4 });
  });

  it.each([
    [
      'denied writes',
      { STATUS: [{ STATUS: 'E', Code: 45, Msg: "Access denied to 'pause' command" }] },
      'refused',
      /api-allow/,
    ],
    ['an unknown command', INVALID, 'unsupported', /firmware/],
    ['another error', { STATUS: 'E', Code: 132, Msg: 'command error' }, 'exception', /command error/],
    ['a web page', '<html><body>hi</body></html>', 'garbage', /CGMiner/],
    ['nothing', undefined, 'garbage', /CGMiner|without an answer/],
  ])('%s is a fault that names the address and says what to do', async (_name, answer, kind, words) => {
    await using peer = await cgminerPeer(() => answer);
    const reply = await client(peer.port).send('summary', signal);
    expect(reply).toMatchObject({ outcome: 'failed', fault: { kind, message: expect.stringMatching(words) } });
    expect(reply).toMatchObject({ fault: { message: expect.stringContaining(`127.0.0.1:${peer.port}`) } });
  });

  it('says so when nothing listens', async () => {
    const peer = await cgminerPeer(() => OK);
    await peer[Symbol.asyncDispose]();
    expect(await client(peer.port).send('summary', signal)).toMatchObject({
      outcome: 'failed',
      fault: { kind: 'unreachable' },
    });
  });

  it('gives up on a miner that keeps silent, and on one that never ends', async () => {
    await using silent = await silentPeer();
    expect(await client(silent.port).send('summary', signal, 50)).toMatchObject({
      outcome: 'failed',
      fault: { kind: 'timeout' },
    });
    await using endless = await silentPeer(Buffer.alloc(2 * 1024 * 1024, 'x'));
    expect(await client(endless.port).send('summary', signal)).toMatchObject({
      outcome: 'failed',
      fault: { kind: 'garbage' },
    });
  });

  it('keeps the whole members of a reply that was cut off, and says that it was', async () => {
    await using peer = await cgminerPeer(
      () => '{"STATUS":[{"STATUS":"S","Code":11}],"SUMMARY":[{"Elapsed":12,"Power":35',
    );
    expect(await client(peer.port).send('summary', signal)).toMatchObject({
      outcome: 'ok',
      cut: true,
      value: { SUMMARY: [{ Elapsed: 12 }] },
    });
  });

  it('refuses a request longer than cgminer reads', async () => {
    expect(await client(1).send(`ascset|${'x'.repeat(5000)}`, signal)).toMatchObject({
      fault: { kind: 'unsupported' },
    });
  });
});
