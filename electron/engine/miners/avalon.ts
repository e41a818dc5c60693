import type { LoadDevice } from '#shared/device.ts';
import { cgminerClient, CGMINER_PORT, type CgminerResult } from '#engine/transports/cgminer.ts';
import { failed } from '#engine/transports/fault.ts';
import { answer, misconnected, tcpPeer } from './answers.ts';
import {
  avalonRatedW,
  avalonReading,
  avalonSetting,
  avalonState,
  avalonStatus,
  type AvalonStatus,
} from './avalon-status.ts';
import type { DriverResult, LoadOrder, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { numberAt, textAt } from './fields.ts';
import { levelAtOrBelow, steps } from './levels.ts';

/** A setting with a draw for each of its values, which count up from `first`. */
interface Dial {
  set: 'workmode' | 'worklevel';
  key: 'WORKMODE' | 'WORKLEVEL';
  first: number;
  watts: readonly number[];
}

/** Watts of the work modes 0, 1, 2 of the home units (miners.md 2.1). */
const HOME_MODES_W: readonly (readonly [RegExp, readonly number[]])[] = [
  [/avalon\s*q/i, [800, 1300, 1650]],
  [/nano\s*3/i, [65, 100, 140]],
];

/**
 * The modes of a Mini 3 are heating, mining and night, and its owner's; within one it has the levels eco (-1) and
 * super (0) (ajberti/ha-avalon-mini). No document tells their watts: the owner may write them down.
 */
function dialOf(product: string, owners: LoadDevice['model']): Dial | undefined {
  const watts = HOME_MODES_W.find(([name]) => name.test(product))?.[1];
  if (watts) return { set: 'workmode', key: 'WORKMODE', first: 0, watts };
  const levels = owners?.levels;
  if (!/mini\s*3/i.test(product) || levels?.kind !== 'steps' || levels.watts.length !== 2) return undefined;
  return { set: 'worklevel', key: 'WORKLEVEL', first: -1, watts: levels.watts.toSorted((a, b) => a - b) };
}
/** A stop is accepted for now or a few seconds ahead, by the miner's own clock (c7ph3r10/ha_avalonq). */
const AHEAD_S = 5;
/** A10 to A15 that do not know `softon` are started anew instead, after so long. */
const WAKE_S = 60;

/**
 * Canaan Avalon: work modes and standby of the home units (Q, Nano 3; levels of the Mini 3), standby alone of A10 to
 * A15. The API
 * serves one connection at a time and is spoken to in its text form.
 */
export const openAvalon: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, CGMINER_PORT);
  if (!peer) return misconnected(device, 'tcp');
  const client = cgminerClient(peer);
  // Home units have the short form; A10 to A15 know estats, the oldest stats only.
  const statusCommands = device.family === 'avalon-q' ? ['litestats', 'estats'] : ['estats', 'stats'];
  let version: unknown;
  let options: string[] | undefined;
  let dial: Dial | undefined;
  let wokenAtS: number | undefined;

  async function status(
    signal: AbortSignal,
  ): Promise<{ outcome: 'ok'; status: AvalonStatus; atS: number } | Exclude<CgminerResult, { outcome: 'ok' }>> {
    for (const command of statusCommands) {
      const reply = await client.send(command, signal);
      if (reply.outcome === 'failed') {
        if (reply.fault.kind === 'unsupported') continue;
        return reply;
      }
      const found = avalonStatus(reply.value);
      if (found)
        return {
          outcome: 'ok',
          status: found,
          atS: numberAt(reply.value, 'STATUS', 0, 'When') ?? Math.floor(ports.clock.now() / 1000),
        };
    }
    return failed('unsupported', `${client.address} shows no Avalon status line; check the device type`);
  }

  async function identify(signal: AbortSignal): Promise<string> {
    version ??= await client
      .send('version', signal)
      .then((reply) => (reply.outcome === 'ok' ? reply.value : undefined));
    return textAt(version, 'VERSION', 0, 'PROD') ?? textAt(version, 'VERSION', 0, 'MODEL') ?? '';
  }

  async function findOptions(signal: AbortSignal): Promise<string[]> {
    const help = await client.send('ascset|0,help', signal);
    const message = help.outcome === 'ok' ? textAt(help.value, 'STATUS', 0, 'Msg') : undefined;
    return (message?.split(':').at(-1) ?? '').split('|').map((option) => option.trim());
  }

  async function set(text: string, signal: AbortSignal): Promise<DriverResult<Written>> {
    const reply = await client.send(`ascset|0,${text}`, signal);
    // `softon` and `reboot` close the connection without a word: that is their success.
    const silent = reply.outcome === 'failed' && reply.fault.kind === 'garbage' && /^(softon|reboot)/.test(text);
    if (reply.outcome === 'failed' && !silent) {
      if (/cal(ib|ing)|permit/i.test(reply.status?.message ?? reply.fault.message))
        return failed(
          'busy',
          `${client.address} is calibrating and keeps its mode; it will be asked again in a minute`,
        );
      return reply;
    }
    return answer(ports, { wrote: [`ascset 0,${text}`] });
  }

  const canStop = () => options?.includes('softoff') !== false;

  const driver: MinerDriver = {
    async capabilities(signal) {
      const now = await status(signal);
      if (now.outcome === 'failed') return now;
      const product = await identify(signal);
      options = await findOptions(signal);
      // A10 to A15 have softoff without listing it.
      if (device.family === 'avalon' && !options.includes('softoff')) options = undefined;
      if (!canStop() && !device.plug)
        return failed(
          'unsupported',
          `${client.address} (${product || 'Avalon'}) has no standby command; put it on a switched plug and name that under "plug"`,
        );
      dial = dialOf(product, device.model);
      const ratedW =
        avalonRatedW(now.status) ??
        (avalonState(now.status) === 'mining'
          ? avalonReading(now.status, { summary: 0, pools: 0, version: 0 }).draw
          : undefined);
      const watts = dial?.watts ?? (ratedW === undefined ? [] : [ratedW]);
      const leaseS = leaseOf(device.setup['leaseS']);
      return answer(ports, {
        kind: 'miner',
        ...(watts.length > 0 ? { levels: steps(watts) } : {}),
        startS: 120,
        startW: 100,
        raiseGapS: 60,
        lowerGapS: 60,
        ...(leaseS === undefined || !canStop() ? {} : { deviceLeaseS: leaseS }),
      });
    },

    async read(signal) {
      const now = await status(signal);
      if (now.outcome === 'failed') return now;
      await identify(signal);
      const value = async (command: string) => {
        const reply = await client.send(command, signal);
        return reply.outcome === 'ok' ? reply.value : undefined;
      };
      const replies = { version, summary: await value('summary'), pools: await value('pools') };
      return answer(ports, avalonReading(now.status, replies), Object.fromEntries(now.status));
    },

    async command(order, signal) {
      if (options === undefined && device.family === 'avalon-q') {
        const found = await driver.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      const now = await status(signal);
      if (now.outcome === 'failed') return now;
      const paused = avalonState(now.status) === 'paused';
      const levelW = dial ? levelAtOrBelow(steps(dial.watts), order.setpointW) : order.setpointW;
      if (levelW <= 0) return paused ? answer(ports, { wrote: [] }) : stop(now.atS, signal);
      const wrote: string[] = [];
      const value = dial && dial.first + dial.watts.indexOf(levelW);
      if (dial && value !== undefined && avalonSetting(now.status, dial.key) !== value) {
        const changed = await set(`${dial.set},set,${value}`, signal);
        if (changed.outcome === 'failed') return changed;
        wrote.push(...changed.value.wrote);
      }
      if (paused) {
        const woken = await wake(now.atS, signal);
        if (woken.outcome === 'failed') return woken;
        wrote.push(...woken.value.wrote);
      }
      return answer(ports, { wrote });
    },

    /** A stop set for the future, pushed ahead while all is well: it comes true when nobody does (hass-miner #545). */
    async renew(order: LoadOrder, signal) {
      const leaseS = leaseOf(device.setup['leaseS']);
      if (leaseS === undefined || order.setpointW <= 0) return answer(ports, { wrote: [] });
      const now = await status(signal);
      return now.outcome === 'failed' ? now : set(`softoff,1:${now.atS + leaseS}`, signal);
    },

    restart: (signal) => set('reboot,0', signal),
    stopsByPlug: () => !canStop(),
    close: () => Promise.resolve(),
  };
  return driver;

  function wake(atS: number, signal: AbortSignal): Promise<DriverResult<Written>> {
    const inVain = device.family === 'avalon' && wokenAtS !== undefined && atS - wokenAtS >= WAKE_S;
    wokenAtS = inVain ? undefined : (wokenAtS ?? atS);
    return set(inVain ? 'reboot,0' : `softon,1:${atS + AHEAD_S}`, signal);
  }

  function stop(atS: number, signal: AbortSignal): Promise<DriverResult<Written>> {
    wokenAtS = undefined;
    // Without standby its smallest mode is the most it can do; its plug does the rest.
    return canStop() ? set(`softoff,1:${atS + AHEAD_S}`, signal) : set('workmode,set,0', signal);
  }
};

const leaseOf = (setup: unknown): number | undefined => (typeof setup === 'number' && setup >= 60 ? setup : undefined);
