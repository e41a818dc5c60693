import type { Connection } from '#shared/device.ts';
import { cgminerClient, cgminerCommand, type CgminerResult } from '#engine/transports/cgminer.ts';
import { httpClient } from '#engine/transports/http.ts';
import { lengthJsonRequest } from '#engine/transports/length-json.ts';
import { at, textAt } from './fields.ts';

/** A miner or plug found on the network, as far as it tells without a password. */
export interface MinerFound {
  family: string;
  model?: string;
  firmware?: string;
  connection: Connection;
}

/** One question to one port. Reads only, without credentials; undefined where nothing we know answers. */
export interface MinerProbe {
  port: number;
  ask(host: string, port: number, signal: AbortSignal): Promise<MinerFound | undefined>;
}

const found = (family: string, connection: Connection, model?: string, firmware?: string): MinerFound => ({
  family,
  connection,
  ...(model === undefined ? {} : { model }),
  ...(firmware === undefined ? {} : { firmware }),
});

/** Tells the families behind the CGMiner API apart by their `version`. */
export function familyOfVersion(reply: unknown): { family: string; model?: string; firmware?: string } | undefined {
  const entry = at(reply, 'VERSION', 0);
  if (typeof entry !== 'object' || entry === null) return undefined;
  const has = (key: string) => Object.keys(entry).some((name) => name.toLowerCase().startsWith(key));
  const model = textAt(entry, 'PROD') ?? textAt(entry, 'Type') ?? textAt(entry, 'MODEL');
  const name = (family: string, firmware: string | undefined) => ({
    family,
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
  });
  if (has('luxminer')) return name('luxos', textAt(entry, 'LUXminer'));
  if (has('boser') || has('bosminer'))
    return name('braiins-cgminer', textAt(entry, 'BOSer') ?? textAt(entry, 'BOSminer'));
  if (/avalon\s*(q|mini|nano)/i.test(model ?? '')) return name('avalon-q', textAt(entry, 'CGVERSION'));
  if (/avalon/i.test(model ?? '') || has('dna'))
    return name('avalon', textAt(entry, 'VERSION') ?? textAt(entry, 'CGVERSION'));
  if (/vnish/i.test(JSON.stringify(entry))) return name('vnish', textAt(entry, 'Miner'));
  if (/antminer/i.test(model ?? '')) return name('antminer-stock', textAt(entry, 'CompileTime'));
  if (has('bfgminer')) return name('bfgminer', textAt(entry, 'BFGMiner'));
  return name('cgminer', textAt(entry, 'Miner') ?? textAt(entry, 'CGMiner'));
}

async function askCgminer(host: string, port: number, signal: AbortSignal): Promise<MinerFound | undefined> {
  const client = cgminerClient({ host, port });
  const version = await client.send(cgminerCommand('version'), signal);
  if (version.outcome === 'ok' && version.value['VERSION'] !== undefined) {
    const known = familyOfVersion(version.value);
    if (!known) return undefined;
    // Their reads and writes are on the web pages; 4028 is their second port.
    const web = ['antminer-stock', 'braiins-cgminer', 'vnish'].includes(known.family);
    const connection: Connection = web
      ? { transport: 'http', host, port: 80, tls: false }
      : { transport: 'tcp', host, port };
    return found(known.family, connection, known.model, known.firmware);
  }
  if (!spoke(version)) return undefined;
  const whatsminer = await client.send('{"cmd":"get_version"}', signal);
  const message = whatsminer.outcome === 'ok' ? whatsminer.value['Msg'] : undefined;
  if (textAt(message, 'api_ver') === undefined) return undefined;
  return found('whatsminer-v2', { transport: 'tcp', host, port }, 'WhatsMiner', textAt(message, 'fw_ver'));
}

/** It answered in the API's JSON, if only with a refusal. */
const spoke = (reply: CgminerResult) => reply.outcome === 'ok' || reply.status !== undefined;

async function askWeb(
  host: string,
  port: number,
  signal: AbortSignal,
  paths: readonly (readonly [path: string, read: (value: unknown) => Omit<MinerFound, 'connection'> | undefined])[],
) {
  const connection = { transport: 'http', host, port, tls: false } as const;
  const client = httpClient(connection);
  try {
    for (const [path, read] of paths) {
      const reply = await client.json(path, signal);
      if (reply.outcome === 'failed' && reply.status === undefined && reply.fault.kind !== 'garbage') return undefined;
      const known = reply.outcome === 'ok' ? read(reply.value) : undefined;
      if (known) return found(known.family, connection, known.model, known.firmware);
    }
    return undefined;
  } finally {
    await client.close();
  }
}

const named = (family: string, model?: string, firmware?: string) => ({
  family,
  ...(model === undefined ? {} : { model }),
  ...(firmware === undefined ? {} : { firmware }),
});

const WEB: Parameters<typeof askWeb>[3] = [
  [
    '/api/system/info',
    (info) => {
      if (textAt(info, 'ASICModel') === undefined) return undefined;
      const model = textAt(info, 'deviceModel');
      // NerdQAxe says `hostip` where Bitaxe says `ipv4` (miners.md 1.8).
      const nerd = /nerd/i.test(model ?? '') || textAt(info, 'hostip') !== undefined;
      return named(nerd ? 'nerdqaxe' : 'axeos', model ?? textAt(info, 'boardVersion'), textAt(info, 'version'));
    },
  ],
  ['/shelly', (info) => (textAt(info, 'mac') === undefined ? undefined : shellyOf(info))],
  [
    '/cm?cmnd=Status%200',
    (info) =>
      at(info, 'StatusFWR') === undefined
        ? undefined
        : named('tasmota-plug', textAt(info, 'Status', 'DeviceName'), textAt(info, 'StatusFWR', 'Version')),
  ],
  [
    '/api/v1/summary',
    (info) =>
      /vnish/i.test(textAt(info, 'miner', 'miner_type') ?? '')
        ? named('vnish', textAt(info, 'miner', 'miner_type'))
        : undefined,
  ],
  [
    '/api/v1/version',
    (info) => (typeof at(info, 'major') === 'number' ? named('braiins-rest', 'Braiins OS') : undefined),
  ],
];

/** Only those with a relay: energy meters are found by the plant's probes. */
function shellyOf(info: unknown): Omit<MinerFound, 'connection'> | undefined {
  const generation = Number(at(info, 'gen') ?? 1);
  const model = textAt(info, 'model') ?? textAt(info, 'type');
  if (/EM/i.test(model ?? '')) return undefined;
  return named(
    generation >= 2 ? 'shelly-plug-gen2' : 'shelly-plug-gen1',
    model,
    textAt(info, 'ver') ?? textAt(info, 'fw'),
  );
}

/** For the bounded scan: ports in the order of how much an answer tells. */
export const minerProbes: readonly MinerProbe[] = [
  { port: 4028, ask: askCgminer },
  {
    port: 4028,
    ask: (host, port, signal) =>
      askWeb(host, port, signal, [
        [
          '/summary',
          (info) =>
            /powerplay/i.test(textAt(info, 'Software') ?? '')
              ? named('epic', undefined, textAt(info, 'Software'))
              : undefined,
        ],
      ]),
  },
  {
    port: 4433,
    async ask(host, port, signal) {
      const reply = await lengthJsonRequest({ host, port }, { cmd: 'get.device.info' }, signal);
      if (reply.outcome === 'failed' || at(reply.value, 'msg', 'system', 'api') === undefined) return undefined;
      return found(
        'whatsminer-v3',
        { transport: 'tcp', host, port },
        textAt(reply.value, 'msg', 'miner', 'type'),
        textAt(reply.value, 'msg', 'system', 'fwversion'),
      );
    },
  },
  { port: 80, ask: (host, port, signal) => askWeb(host, port, signal, WEB) },
  {
    port: 7785,
    ask: (host, port, signal) =>
      askWeb(host, port, signal, [
        ['/api/v0/miner', (info) => (at(info, 'paused') === undefined ? undefined : named('mujina'))],
      ]),
  },
  {
    port: 8080,
    ask: (host, port, signal) =>
      askWeb(host, port, signal, [
        [
          '/2/summary',
          (info) =>
            at(info, 'donate_level') === undefined ? undefined : named('xmrig', 'XMRig', textAt(info, 'version')),
        ],
      ]),
  },
];
