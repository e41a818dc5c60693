import type { LoadState } from '#shared/reading.ts';
import { cgminerClient, cgminerCommand, CGMINER_PORT } from '#engine/transports/cgminer.ts';
import { failed } from '#engine/transports/fault.ts';
import { answer, misconnected, tcpPeer } from './answers.ts';
import { fromSummary, poolAlive } from './cgminer-reading.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { at, flagAt, hottest, listAt, loadReading, numberAt, textAt } from './fields.ts';
import { entryAtOrBelow, steps } from './levels.ts';

interface Profile {
  name: string;
  watts: number;
  ths: number | undefined;
}

/** LuxOS: levels are its profiles, standby is `curtail`; writes need the miner's one session. */
export const openLuxos: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, CGMINER_PORT);
  if (!peer) return misconnected(device, 'tcp');
  const client = cgminerClient(peer);
  const ask = (command: string, signal: AbortSignal, parameter?: string) =>
    client.send(cgminerCommand(command, parameter), signal);
  const optional = async (command: string, signal: AbortSignal) => {
    const reply = await ask(command, signal);
    return reply.outcome === 'ok' ? reply.value : undefined;
  };
  let profiles: readonly Profile[] | undefined;

  async function readProfiles(signal: AbortSignal): Promise<readonly Profile[]> {
    profiles ??= listAt(await optional('profiles', signal), 'PROFILES').flatMap((entry) => {
      const [name, watts] = [textAt(entry, 'Profile Name'), numberAt(entry, 'Watts')];
      return name === undefined || watts === undefined || watts <= 0
        ? []
        : [{ name, watts, ths: numberAt(entry, 'Hashrate') }];
    });
    return profiles;
  }

  /** Runs the writes inside the session, and gives it back whatever happens. */
  async function inSession(
    signal: AbortSignal,
    writes: readonly (readonly [command: string, rest: string])[],
  ): Promise<DriverResult<Written>> {
    const logon = await ask('logon', signal);
    if (logon.outcome === 'failed') {
      if (logon.fault.kind !== 'exception') return logon;
      return failed(
        'busy',
        `${client.address} has its only session taken by another program; close that, or wait until it lets go`,
      );
    }
    const id = textAt(logon.value, 'SESSION', 0, 'SessionID');
    if (id === undefined) return failed('garbage', `${client.address} logs on without a session; update LuxOS`);
    try {
      const wrote: string[] = [];
      for (const [command, rest] of writes) {
        const reply = await ask(command, signal, `${id},${rest}`);
        if (reply.outcome === 'failed') return reply;
        wrote.push(`${command} ${rest}`);
      }
      return answer(ports, { wrote });
    } finally {
      await ask('logoff', signal, id);
    }
  }

  return {
    async capabilities(signal) {
      profiles = undefined;
      const known = await readProfiles(signal);
      if (known.length === 0)
        return failed(
          'unsupported',
          `${client.address} tells no profiles; update LuxOS, or check that it is a LuxOS miner`,
        );
      const curve = known.flatMap(({ watts, ths }) => (ths === undefined ? [] : [{ drawW: watts, hashrateThs: ths }]));
      return answer(ports, {
        kind: 'miner',
        levels: steps(known.map(({ watts }) => watts)),
        curve: curve.toSorted((a, b) => a.drawW - b.drawW),
        standbyW: 25,
        startS: 120,
        startW: 150,
        raiseGapS: 120,
        lowerGapS: 60,
      });
    },

    async read(signal) {
      const summary = await ask('summary', signal);
      if (summary.outcome === 'failed') return summary;
      const [config, power, temps, version, pools] = [
        await optional('config', signal),
        await optional('power', signal),
        await optional('temps', signal),
        await optional('version', signal),
        await optional('pools', signal),
      ];
      const all = await readProfiles(signal);
      const draft = fromSummary(summary.value);
      const watts = numberAt(power, 'POWER', 0, 'Watts');
      const current = textAt(config, 'CONFIG', 0, 'Profile');
      const boards = listAt(temps, 'TEMPS').flatMap((board) => Object.entries(Object(board)));
      const reading = loadReading({
        ...draft,
        draw: watts,
        // "PSU": false means that the supply does not measure.
        drawSource: watts === undefined ? undefined : flagAt(power, 'POWER', 0, 'PSU') ? 'measured' : 'estimated',
        state: stateOf(at(config, 'CONFIG', 0), draft.hashrate),
        temperature: hottest(
          boards.map(([key, value]) => (key === 'ID' || key === 'TEMP' ? undefined : numberAt(value))),
        ),
        powerTarget: all.find(({ name }) => name === current)?.watts,
        powerMin: all.length > 0 ? Math.min(...all.map((profile) => profile.watts)) : undefined,
        powerMax: all.length > 0 ? Math.max(...all.map((profile) => profile.watts)) : undefined,
        poolAlive: poolAlive(pools),
        model: textAt(config, 'CONFIG', 0, 'Model') ?? textAt(version, 'VERSION', 0, 'Type'),
        firmware: textAt(version, 'VERSION', 0, 'LUXminer'),
        serial: textAt(config, 'CONFIG', 0, 'SerialNumber'),
      });
      return answer(ports, reading, summary.value);
    },

    async command(order, signal) {
      const config = await ask('config', signal);
      if (config.outcome === 'failed') return config;
      const now = at(config.value, 'CONFIG', 0);
      const asleep = isAsleep(now);
      const profile = entryAtOrBelow(await readProfiles(signal), order.setpointW);
      if (order.setpointW <= 0 || !profile)
        return asleep ? answer(ports, { wrote: [] }) : inSession(signal, [['curtail', 'sleep']]);
      const writes: (readonly [string, string])[] = [];
      if (textAt(now, 'Profile') !== profile.name) {
        // The thermal manager steps profiles by itself and would undo ours.
        if (flagAt(now, 'IsAtmEnabled')) writes.push(['atmset', 'enabled=false']);
        writes.push(['profileset', `all,${profile.name}`]);
      }
      if (asleep) writes.push(['curtail', 'wakeup']);
      return writes.length === 0 ? answer(ports, { wrote: [] }) : inSession(signal, writes);
    },

    close: () => Promise.resolve(),
  } satisfies MinerDriver;
};

const isAsleep = (config: unknown): boolean =>
  (textAt(config, 'CurtailMode') ?? 'None') !== 'None' || flagAt(config, 'IsPowerSupplyOn') === false;

function stateOf(config: unknown, hashrate: number | undefined): LoadState | undefined {
  if (config !== undefined && isAsleep(config)) return 'paused';
  if (hashrate === undefined) return undefined;
  return hashrate > 0 ? 'mining' : 'starting';
}
