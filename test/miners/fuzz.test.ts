import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadReading } from '#shared/reading.ts';
import { cgminerPeer, httpPeer, lengthJsonPeer, type Peer } from '../support/loopback.ts';
import { driverOf, NOON_MS, run, signal } from '../support/miners.ts';
import { seeded } from '../devices/mutate.ts';
import { fuzzMiners } from './decoders.ts';
import { simulate, simulatedFamilies } from '../support/simulated-miners.ts';

/** One leaf or branch of a good reply replaced by something else. */
function mutate(value: unknown, at: number, by: unknown): unknown {
  let left = at;
  const walk = (here: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(here)) return here.map(walk);
    if (typeof here !== 'object' || here === null) return here;
    return Object.fromEntries(Object.entries(here).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value);
}

const oddity = fc.oneof(
  fc.constantFrom(null, '', 'nan', -1, 1e308, [], {}, true, '[object]', '\u0000'),
  fc.jsonValue({ maxDepth: 2 }),
);
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

it('5,000 mutated replies of miners: nothing thrown, nothing absurd accepted', () => {
  fuzzMiners(seeded(20_261_122), 5000);
});

// What a broker may say is in mqtt-switch.test.ts: it speaks unasked.
const families = Object.keys(simulatedFamilies).filter((family) => family !== 'mqtt-switch');

describe.each(families)('%s with a strange device', (family) => {
  it('answers with a reading or a fault, never throws, never says nonsense', async () => {
    const sim = await simulate(family, () => NOON_MS);
    await using good = sim.peer;
    const state = { at: 0, by: null as unknown };
    const spoil = (reply: string) => JSON.stringify(mutate(parse(reply), state.at, state.by));
    await using odd = await oddPeer(family, good.port, spoil);
    const { connection, ...rest } = sim.device;
    const driver = driverOf(family, { ...connection, port: odd.port } as typeof connection, {
      secrets: sim.secrets,
      ...(rest.model ? { model: rest.model } : {}),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), oddity, fc.constantFrom(0, 1500), async (at, by, watts) => {
        Object.assign(state, { at, by });
        const reading = await driver.read(signal);
        if (reading.outcome === 'ok') expect(LoadReading.safeParse(reading.value).success).toBe(true);
        else expect(reading.fault.message.length).toBeGreaterThan(20);
        expect(['ok', 'failed']).toContain((await driver.capabilities(signal)).outcome);
        expect(['ok', 'failed']).toContain((await driver.command(run(watts), signal)).outcome);
      }),
      { numRuns: 25 },
    );
    await driver.close();
  });
});

/** Stands between driver and simulator, and spoils each reply. */
async function oddPeer(family: string, port: number, spoil: (reply: string) => string): Promise<Peer> {
  const sim = await simulate(family, () => NOON_MS);
  await sim.peer[Symbol.asyncDispose]();
  const transport = sim.device.connection.transport;
  if (family === 'whatsminer-v3') {
    const { whatsminerV3 } = await import('#engine/simulator/miners/whatsminer-v3.ts');
    const face = whatsminerV3(sim.miner, () => NOON_MS);
    return lengthJsonPeer((message) => parse(spoil(JSON.stringify(face(message)))) as object);
  }
  if (transport === 'tcp')
    return cgminerPeer(async (request) => spoil((await forwardTcp(port, request)).replaceAll('\0', '')));
  return httpPeer(async (ask) => {
    const reply = await fetch(`http://127.0.0.1:${port}${ask.path}`, {
      method: ask.method,
      headers: ask.headers.authorization === undefined ? {} : { authorization: ask.headers.authorization },
      ...(ask.body === '' ? {} : { body: ask.body }),
    });
    const challenge = reply.headers.get('www-authenticate');
    return {
      status: reply.status,
      body: spoil(await reply.text()),
      headers: challenge === null ? {} : { 'www-authenticate': challenge },
    };
  });
}

async function forwardTcp(port: number, request: string): Promise<string> {
  const { tcpExchange } = await import('#engine/transports/tcp-exchange.ts');
  const reply = await tcpExchange({ host: '127.0.0.1', port }, request, {}, signal);
  return reply.outcome === 'ok' ? reply.bytes.toString('utf8') : '';
}
