import { describe, expect, it } from 'vitest';
import { minerFamilies, type MinerFamily } from '#engine/miners/catalogue.ts';
import { familyOfVersion, minerProbes } from '#engine/miners/probes.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import { behaving } from '#engine/simulator/miners/behaving.ts';
import { epic, mujina, nerdqaxe } from '#engine/simulator/miners/small-miners.ts';
import { whatsminerV2 } from '#engine/simulator/miners/whatsminer-v2.ts';
import { luxos } from '#engine/simulator/miners/luxos.ts';
import { cgminerPeer, httpPeer, silentPeer, type Peer } from '../support/loopback.ts';
import { http, NOON_MS, signal, tcp } from '../support/miners.ts';

const WORDS: Record<string, string> = { range: 'any power in a range', steps: 'steps', 'on-off': 'on, off' };

function page(families: readonly MinerFamily[]): string {
  const rows = families.map((f) =>
    [
      `${f.name} (\`${f.family}\`)`,
      f.port === undefined ? f.transport : `${f.transport} ${f.port}`,
      f.needs,
      WORDS[f.levels],
      f.draw,
      f.afterPowerCut,
      f.lease,
      f.advice,
    ].join(' | '),
  );
  return `# Supported miners and other loads

Made from \`electron/engine/miners/catalogue.ts\`; \`npx vitest run test/miners/catalogue.test.ts -u\` writes it anew.
None of this was tried on hardware by the project: it rests on vendors' documents, public code and recorded replies.

- **Levels**: what the load can be held at. Pools, frequencies and passwords of the owner are never written.
- **Draw**: *estimated* means a figure the firmware works out; a plug in front of it turns it into a measured one.
- **After a power cut**: what becomes of a stop. Whatever it is, the wanted state is asserted again when the load is back.
- **Lease**: whether the load stops by itself when this program is gone. *none*: give it a plug with an off-timer
  (\`"plug": { "family": "shelly-plug-gen2", "connection": { "transport": "http", "host": "…" }, "setup": { "leaseS": 120 } }\`).

load | transport, port | needs | levels | draw | after a power cut | lease | what we advise
--- | --- | --- | --- | --- | --- | --- | ---
${rows.join('\n')}

## When something is wrong with a miner

what is seen | what Spillway does
--- | ---
it finds no shares for twelve times as long as usual, and ten minutes at least | its mining program is started anew, where that can be told
its fan stands still for a minute and turned before | it is stopped and tried again after an hour
none of its pools answers for five minutes | it is stopped until one does, or for an hour
it started anew four times within an hour by itself | it is stopped and tried again after an hour
it is hotter than 95 °C (below 150 W: 74 °C), or than your \`maxTemperatureC\` | it is stopped until it is cooler; you are warned before
it does not do what it was told | told twice more, then its plug is cut (a stop), then the alarm
another device has its address | nothing is commanded there; the message says how to confirm a new one

A load that is stopped for its fan, its pools or its restarts is shown with the reason and counted as a part of the home.
`;
}

describe('the catalogue', () => {
  it('has every driver once, and no other', () => {
    expect(minerFamilies.map(({ family }) => family)).toEqual(Object.keys(minerDrivers).toSorted());
  });

  it('is what docs/supported-miners.md says', async () => {
    await expect(page(minerFamilies)).toMatchFileSnapshot('../../docs/supported-miners.md');
  });
});

describe('recognising what is on the network', () => {
  it.each([
    [{ LUXminer: '2025.4', Type: 'Antminer S19k Pro' }, 'luxos'],
    [{ API: '3.7', BOSer: 'boser-openwrt 0.1.0' }, 'braiins-cgminer'],
    [{ 'BOSminer+': '0.2.0' }, 'braiins-cgminer'],
    [{ PROD: 'Avalon Q', CGVERSION: '25052801' }, 'avalon-q'],
    [{ PROD: 'AvalonMiner 1246-83' }, 'avalon'],
    [{ BMMiner: '1.0.0', Type: 'Antminer S19 Pro' }, 'antminer-stock'],
    [{ BMMiner: '1.0.0', Type: 'Antminer S19j Pro (Vnish 1.2.6)' }, 'vnish'],
    [{ BFGMiner: '5.5.0' }, 'bfgminer'],
    [{ CGMiner: '4.12.0', Type: 'Hammer D10' }, 'cgminer'],
  ])('%j is %s', (entry, family) => {
    expect(familyOfVersion({ VERSION: [entry] })?.family).toBe(family);
  });

  const nowMs = () => NOON_MS;
  const miner = behaving(nowMs);
  const peers: [string, number, () => Promise<Peer>, (port: number) => object][] = [
    ['luxos', 4028, () => cgminerPeer(luxos(miner, nowMs).answer), (port) => tcp(port)],
    ['whatsminer-v2', 4028, () => cgminerPeer(whatsminerV2(miner, nowMs).answer), (port) => tcp(port)],
    [
      'epic',
      4028,
      () =>
        httpPeer((ask) =>
          ask.path === '/summary' ? { body: { Software: 'PowerPlay-BMS v1.5.13' } } : epic(miner)(ask),
        ),
      (port) => http(port),
    ],
    [
      'nerdqaxe',
      80,
      () =>
        httpPeer((ask) =>
          ask.path === '/api/system/info'
            ? { body: { ASICModel: 'BM1370', deviceModel: 'NerdQAxe++' } }
            : nerdqaxe(miner)(ask),
        ),
      (port) => http(port),
    ],
    ['axeos', 80, () => httpPeer(() => ({ body: { ASICModel: 'BM1370', ipv4: '10.0.0.2' } })), (port) => http(port)],
    [
      'shelly-plug-gen2',
      80,
      () =>
        httpPeer(({ path }) =>
          path === '/shelly' ? { body: { mac: '02', gen: 3, model: 'S3PL-00112EU' } } : { status: 404 },
        ),
      (port) => http(port),
    ],
    ['mujina', 7785, () => httpPeer(mujina(miner)), (port) => http(port)],
  ];
  it.each(peers)('%s', async (family, wellKnown, open, connection) => {
    await using peer = await open();
    const answers = await Promise.all(
      minerProbes.filter(({ port }) => port === wellKnown).map(({ ask }) => ask('127.0.0.1', peer.port, signal)),
    );
    expect(answers.filter((answer) => answer !== undefined)).toMatchObject([
      { family, connection: connection(peer.port) },
    ]);
    // Looking must not change anything.
    expect(peer.asked.every((line) => !/^(POST|PUT|PATCH)/.test(line))).toBe(true);
  });

  it('leaves strangers alone: a meter with a relay, a web page, silence', async () => {
    await using meter = await httpPeer(({ path }) =>
      path === '/shelly' ? { body: { mac: '02', gen: 2, model: 'SPEM-003CEBEU' } } : { status: 404, body: '<html>' },
    );
    await using silent = await silentPeer();
    const soon = AbortSignal.timeout(300);
    for (const { ask } of minerProbes) {
      expect(await ask('127.0.0.1', meter.port, signal)).toBeUndefined();
      expect(await ask('127.0.0.1', silent.port, soon)).toBeUndefined();
    }
  });
});
