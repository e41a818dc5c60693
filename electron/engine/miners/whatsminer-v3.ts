import { createHash } from 'node:crypto';
import type { LoadState } from '#shared/reading.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import { lengthJsonRequest, type LengthJsonResult } from '#engine/transports/length-json.ts';
import { answer, misconnected, secretOf, tcpPeer } from './answers.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { at, flagAt, hottest, listAt, loadReading, numberAt, textAt } from './fields.ts';
import { levelAtOrBelow, type Levels } from './levels.ts';

const PORT = 4433;
const ACCOUNT = 'super';
const LEAST_SHARE = 0.4;

/** miners.md 1.3: the first 8 characters of base64(sha256(command + password + salt + ts)). */
export const v3Token = (command: string, password: string, salt: string, ts: number): string =>
  createHash('sha256').update(`${command}${password}${salt}${ts}`).digest('base64').slice(0, 8);

/** Whatsminer, firmware from November 2024 on. */
export const openWhatsminerV3: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, PORT);
  if (!peer) return misconnected(device, 'tcp');
  const address = `${peer.host}:${peer.port}`;
  let levels: Extract<Levels, { kind: 'range' }> | undefined;
  let percent: number | undefined;

  const ask = async (message: object, signal: AbortSignal): Promise<LengthJsonResult> => {
    const reply = await lengthJsonRequest(peer, message, signal);
    if (reply.outcome === 'failed' || numberAt(reply.value, 'code') === 0) return reply;
    return refusal(reply.value);
  };
  const info = (signal: AbortSignal) => ask({ cmd: 'get.device.info' }, signal);
  const status = (param: string, signal: AbortSignal) => ask({ cmd: 'get.miner.status', param }, signal);

  function refusal(reply: unknown): Failed {
    const said = textAt(reply, 'msg') ?? `code ${numberAt(reply, 'code') ?? '?'}`;
    if (/token|account|auth|passw/i.test(said))
      return failed(
        'unauthorized',
        `${address} does not accept the password of “${ACCOUNT}” (“${said}”); enter the one set on its web page`,
      );
    if (/permission|denied|switch/i.test(said))
      return failed('refused', `${address} denies write access (“${said}”); switch its API on with WhatsMinerTool`);
    return failed('exception', `${address} refuses the command (“${said}”); its web page may say why`);
  }

  /** `when` is the miner's own clock: tokens are signed with it. */
  async function write(cmd: string, param: unknown, known: unknown, signal: AbortSignal): Promise<LengthJsonResult> {
    const password = secretOf(device, ports);
    if (password === undefined)
      return failed(
        'unauthorized',
        `${address}: no password of “${ACCOUNT}” is stored for this Whatsminer; enter it under Devices`,
      );
    const salt = textAt(known, 'msg', 'salt');
    if (salt === undefined)
      return failed('garbage', `${address} gives no salt to sign commands with; update its firmware`);
    if (flagAt(known, 'msg', 'system', 'apiswitch') === false)
      return failed('refused', `${address} has its write API switched off; switch it on with WhatsMinerTool`);
    const ts = numberAt(known, 'when') ?? Math.floor(ports.clock.now() / 1000);
    return ask({ cmd, param, ts, account: ACCOUNT, token: v3Token(cmd, password, salt, ts) }, signal);
  }

  const driver: MinerDriver = {
    async capabilities(signal) {
      const summary = await status('summary', signal);
      if (summary.outcome === 'failed') return summary;
      percent = undefined;
      const known = at(summary.value, 'msg', 'summary');
      const maxW = [numberAt(known, 'power-limit'), numberAt(known, 'power-realtime')].find(
        (watts) => watts !== undefined && watts > 0,
      );
      levels = maxW === undefined ? undefined : { kind: 'range', minW: maxW * LEAST_SHARE, maxW, stepW: maxW / 100 };
      const device3 = await info(signal);
      const fast = device3.outcome === 'ok' && textAt(device3.value, 'msg', 'miner', 'fast-boot') === 'enable';
      const common = {
        kind: 'miner',
        standbyW: 20,
        startS: fast ? 90 : 480,
        startW: 900,
        raiseGapS: 60,
        lowerGapS: 10,
        startsPerDay: 8,
        minRunS: 900,
        minRestS: 600,
      } as const;
      return answer(ports, levels ? { ...common, levels } : common);
    },

    async read(signal) {
      const summary = await status('summary', signal);
      if (summary.outcome === 'failed') return summary;
      const known = await info(signal);
      const pools = await status('pools', signal);
      const now = at(summary.value, 'msg', 'summary');
      const miner = known.outcome === 'ok' ? at(known.value, 'msg') : undefined;
      const states =
        pools.outcome === 'ok' ? listAt(pools.value, 'msg', 'pools').map((pool) => textAt(pool, 'status')) : [];
      const draw = numberAt(now, 'power-realtime');
      const hashrate = numberAt(now, 'hash-realtime');
      const reading = loadReading({
        draw,
        drawSource: draw === undefined ? undefined : 'measured',
        hashrate,
        state: stateOf(flagAt(miner, 'miner', 'working'), numberAt(now, 'up-freq-finish'), hashrate),
        temperature: hottest([numberAt(now, 'chip-temp-max')]),
        powerTarget: numberAt(now, 'power-limit'),
        uptime: numberAt(now, 'elapsed'),
        poolAlive: states.length === 0 ? undefined : states.includes('alive'),
        fanRpm: hottest([numberAt(now, 'fan-speed-in'), numberAt(now, 'fan-speed-out')]),
        model: textAt(miner, 'miner', 'type'),
        firmware: textAt(miner, 'system', 'fwversion'),
        serial: textAt(miner, 'miner', 'miner-sn'),
      });
      return answer(ports, reading, summary.value);
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      if (!levels) {
        const found = await driver.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      const known = await info(signal);
      if (known.outcome === 'failed') return known;
      const works = flagAt(known.value, 'msg', 'miner', 'working');
      const levelW = levels ? levelAtOrBelow(levels, order.setpointW) : order.setpointW;
      const service = async (param: 'start' | 'stop'): Promise<DriverResult<Written>> => {
        percent = undefined;
        const done = await write('set.miner.service', param, known.value, signal);
        return done.outcome === 'failed'
          ? done
          : answer(ports, {
              wrote: [`set.miner.service ${param}`],
              ...(param === 'start' ? { unfinished: true } : {}),
            });
      };
      if (levelW <= 0) return works === false ? answer(ports, { wrote: [] }) : service('stop');
      if (works === false) return service('start');
      const wanted = levels ? Math.round((100 * levelW) / levels.maxW) : 100;
      if (percent === wanted || (percent === undefined && wanted === 100)) return answer(ports, { wrote: [] });
      const summary = await status('summary', signal);
      if (summary.outcome === 'failed') return summary;
      if (numberAt(summary.value, 'msg', 'summary', 'up-freq-finish') === 0)
        return answer(ports, { wrote: [], unfinished: true });
      const set = await write(
        'set.miner.power_percent',
        { percent: String(wanted), mode: 'fast' },
        known.value,
        signal,
      );
      if (set.outcome === 'failed') return set;
      percent = wanted;
      return answer(ports, { wrote: [`set.miner.power_percent ${wanted}`] });
    },

    async restart(signal) {
      const known = await info(signal);
      if (known.outcome === 'failed') return known;
      const done = await write('set.miner.service', 'restart', known.value, signal);
      return done.outcome === 'failed' ? done : answer(ports, { wrote: ['set.miner.service restart'] });
    },

    close: () => Promise.resolve(),
  };
  return driver;
};

function stateOf(
  works: boolean | undefined,
  upFreq: number | undefined,
  hashrate: number | undefined,
): LoadState | undefined {
  if (works === false) return 'paused';
  if (upFreq === 0) return 'starting';
  if (hashrate === undefined) return undefined;
  return hashrate > 0 ? 'mining' : 'starting';
}
