import type { LoadState } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import { httpClient, type HttpRequest, type HttpResult } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected, secretOf } from './answers.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { at, flagAt, hottest, listAt, loadReading, numberAt, sum, textAt } from './fields.ts';
import { levelAtOrBelow, steps, type Levels } from './levels.ts';

const STATES: Record<string, LoadState> = {
  mining: 'mining',
  initializing: 'starting',
  starting: 'starting',
  'auto-tuning': 'starting',
  restarting: 'starting',
  'shutting-down': 'paused',
  stopped: 'paused',
  paused: 'paused',
  failure: 'fault',
};
// POST /mining/throttle takes 20-100 % of the running preset, from 1.3 on (miners.md 1.7).
const LEAST_PERCENT = 20;

/** VNish: throttled along its running preset without retuning; the preset is the owner's and never changed. */
export const openVnish: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  let token: string | undefined;
  let presetW: number | undefined;
  let throttles = false;
  /** Last percentage given since the miner was found; it tells none. */
  let percent: number | undefined;

  async function unlock(signal: AbortSignal): Promise<HttpResult<unknown>> {
    const pw = secretOf(device, ports);
    if (pw === undefined)
      return failed(
        'unauthorized',
        `${client.address}: no password is stored for this VNish miner; enter it under Devices`,
      );
    const reply = await client.json('/api/v1/unlock', signal, { method: 'POST', body: { pw } });
    if (reply.outcome === 'failed')
      return reply.status === 401 || reply.status === 403
        ? failed('unauthorized', `${client.address} does not accept the password; enter the one of the VNish web page`)
        : reply;
    token = textAt(reply.value, 'token');
    return token === undefined
      ? failed('garbage', `${client.address} unlocks without a token; check that it runs VNish`)
      : reply;
  }

  async function ask(path: string, signal: AbortSignal, request: HttpRequest = {}): Promise<HttpResult<string>> {
    for (let attempt = 0; ; attempt++) {
      if (token === undefined) {
        const unlocked = await unlock(signal);
        if (unlocked.outcome === 'failed') return unlocked;
      }
      // Versions differ in whether they want "Bearer" (miners.md 1.7).
      const authorization = attempt % 2 === 0 ? (token ?? '') : `Bearer ${token}`;
      const reply = await client.text(`/api/v1${path}`, signal, { ...request, headers: { authorization } });
      if (reply.outcome === 'ok' || (reply.status !== 401 && reply.status !== 403) || attempt >= 2) return reply;
      if (attempt === 1) token = undefined;
    }
  }

  const post = (path: string, signal: AbortSignal, body?: unknown) =>
    ask(path, signal, body === undefined ? { method: 'POST' } : { method: 'POST', body });

  const levels = (): Levels | undefined => {
    if (presetW === undefined) return undefined;
    if (!throttles) return steps([presetW]);
    return { kind: 'range', minW: (presetW * LEAST_PERCENT) / 100, maxW: presetW, stepW: presetW / 100 };
  };

  const driver: MinerDriver = {
    async capabilities(signal) {
      const summary = await client.json('/api/v1/summary', signal);
      if (summary.outcome === 'failed') return summary;
      const settings = await ask('/settings', signal);
      if (settings.outcome === 'failed' && settings.fault.kind !== 'unsupported') return settings;
      percent = undefined;
      throttles = isSince(firmwareOf(summary.value), 1, 3);
      presetW = presetWatts(settings.outcome === 'ok' ? settings.value : '') ?? drawOf(summary.value);
      const found = levels();
      const common = { kind: 'miner', startS: 180, startW: 300, rampUpWps: 50, raiseGapS: 60, lowerGapS: 10 } as const;
      return answer(ports, found ? { ...common, levels: found } : common);
    },

    async read(signal) {
      const reply = await client.json('/api/v1/summary', signal);
      if (reply.outcome === 'failed') return reply;
      const miner = at(reply.value, 'miner');
      // The firmware's own fee is a pool of its own kind: not the owner's shares.
      const pools = listAt(miner, 'pools').filter((pool) => textAt(pool, 'pool_type') !== 'DevFee');
      const draw = drawOf(reply.value);
      const reading = loadReading({
        draw,
        drawSource: draw === undefined ? undefined : 'estimated',
        hashrate: numberAt(miner, 'instant_hashrate') ?? numberAt(miner, 'average_hashrate'),
        state: STATES[textAt(miner, 'miner_status', 'miner_state') ?? ''],
        temperature: hottest([numberAt(miner, 'chip_temp', 'max')]),
        acceptedShares: sum(pools.map((pool) => numberAt(pool, 'accepted'))),
        rejectedShares: sum(pools.map((pool) => numberAt(pool, 'rejected'))),
        acceptedDifficulty: sum(pools.map((pool) => numberAt(pool, 'diffa'))),
        powerMax: presetW,
        powerMin: throttles && presetW !== undefined ? (presetW * LEAST_PERCENT) / 100 : undefined,
        poolAlive:
          pools.length === 0
            ? undefined
            : pools.some((pool) => ['active', 'working'].includes(textAt(pool, 'status') ?? '')),
        fanRpm: hottest(listAt(miner, 'cooling', 'fans').map((fan) => numberAt(fan, 'rpm'))),
        model: textAt(miner, 'miner_type'),
        firmware: firmwareOf(reply.value),
        serial: textAt(reply.value, 'system', 'network_status', 'mac'),
      });
      return answer(ports, reading, reply.value);
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      if (presetW === undefined) {
        const found = await driver.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      const summary = await client.json('/api/v1/summary', signal);
      if (summary.outcome === 'failed') return summary;
      const state = textAt(summary.value, 'miner', 'miner_status', 'miner_state') ?? '';
      const stands = STATES[state] === 'paused';
      const range = levels();
      const levelW = range ? levelAtOrBelow(range, order.setpointW) : order.setpointW;
      const wrote: string[] = [];
      const say = async (path: string, body?: unknown) => {
        const reply = await post(path, signal, body);
        if (reply.outcome === 'ok')
          wrote.push(body === undefined ? `POST ${path}` : `POST ${path} ${JSON.stringify(body)}`);
        return reply;
      };
      if (levelW <= 0) {
        const paused = stands ? undefined : await say('/mining/pause');
        return paused?.outcome === 'failed' ? paused : answer(ports, { wrote });
      }
      const wantedPercent = Math.min(
        100,
        Math.max(LEAST_PERCENT, Math.floor((100 * levelW) / (presetW ?? levelW) + 1e-6)),
      );
      const throttled = flagAt(summary.value, 'miner', 'miner_status', 'throttled');
      if (throttles && percent !== wantedPercent && !(wantedPercent === 100 && throttled === false)) {
        const set = await say('/mining/throttle', { percent: wantedPercent });
        if (set.outcome === 'failed') return set;
      }
      percent = wantedPercent;
      if (stands) {
        const woken = await say(state === 'stopped' ? '/mining/start' : '/mining/resume');
        if (woken.outcome === 'failed') return woken;
      }
      return answer(ports, { wrote });
    },

    async restart(signal) {
      const reply = await post('/mining/restart', signal);
      return reply.outcome === 'failed' ? reply : answer(ports, { wrote: ['POST /mining/restart'] });
    },

    close: () => client.close(),
  };
  return driver;
};

/** Watts; `power_usage` is an efficiency on some versions. */
const drawOf = (summary: unknown): number | undefined => numberAt(summary, 'miner', 'power_consumption');

/** Presets are named by their watts. */
function presetWatts(settings: string): number | undefined {
  try {
    const watts = numberAt(JSON.parse(settings), 'miner', 'overclock', 'preset');
    return watts !== undefined && watts > 0 ? watts : undefined;
  } catch {
    return undefined;
  }
}

function firmwareOf(summary: unknown): string | undefined {
  return (
    /vnish\s+([\w.-]+)/i.exec(textAt(summary, 'miner', 'miner_type') ?? '')?.[1] ??
    textAt(summary, 'system', 'fw_version')
  );
}

function isSince(version: string | undefined, major: number, minor: number): boolean {
  const [a = 0, b = 0] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10));
  return a > major || (a === major && b >= minor);
}
