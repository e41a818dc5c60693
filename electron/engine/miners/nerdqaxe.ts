import type { LoadState } from '#shared/reading.ts';
import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected } from './answers.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { at, flagAt, hottest, listAt, loadReading, numberAt, scaled, textAt } from './fields.ts';
import { steps } from './levels.ts';

// Board power while hashing, W, by number of chips; only until it has been seen mining (miners.md 2.2).
const TYPICAL_W_PER_CHIP = 19;

/** NerdQAxe: stopped by `shutdown`, which cuts the chips' supply; only a restart brings it back. */
export const openNerdqaxe: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  const info = (signal: AbortSignal) => client.json('/api/system/info', signal);
  const post = async (path: string, signal: AbortSignal): Promise<DriverResult<Written>> => {
    const done = await client.text(path, signal, { method: 'POST' });
    return done.outcome === 'failed' ? done : answer(ports, { wrote: [`POST ${path}`] });
  };

  return {
    async capabilities(signal) {
      const reply = await info(signal);
      if (reply.outcome === 'failed') return reply;
      const mining = stateOf(reply.value) === 'mining' && (numberAt(reply.value, 'uptimeSeconds') ?? 120) >= 120;
      const chips = numberAt(reply.value, 'asicCount');
      const watts =
        (mining ? numberAt(reply.value, 'power') : undefined) ??
        (chips === undefined ? undefined : chips * TYPICAL_W_PER_CHIP);
      const common = { kind: 'miner', startS: 60, raiseGapS: 120, lowerGapS: 30 } as const;
      return answer(ports, watts === undefined ? common : { ...common, levels: steps([watts]) });
    },

    async read(signal) {
      const reply = await info(signal);
      if (reply.outcome === 'failed') return reply;
      const from = reply.value;
      const allPools = listAt(from, 'stratum', 'pools');
      const pools = allPools.map((pool) => flagAt(pool, 'connected'));
      const chips = listAt(from, 'asicTemps').map((celsius) => numberAt(celsius));
      const reading = loadReading({
        draw: numberAt(from, 'power'),
        drawSource: numberAt(from, 'power') === undefined ? undefined : 'measured',
        hashrate: scaled(numberAt(from, 'hashRate'), 1e-3),
        state: stateOf(from),
        temperature: hottest([numberAt(from, 'temp'), ...chips]),
        acceptedShares: numberAt(from, 'sharesAccepted'),
        rejectedShares: numberAt(from, 'sharesRejected'),
        shareDifficulty: numberAt(
          allPools.find((pool) => flagAt(pool, 'connected')),
          'poolDifficulty',
        ),
        uptime: numberAt(from, 'uptimeSeconds'),
        poolAlive: pools.length === 0 ? undefined : pools.includes(true),
        fanRpm: numberAt(from, 'fanrpm'),
        model: textAt(from, 'deviceModel'),
        firmware: textAt(from, 'version'),
        serial: textAt(from, 'macAddr'),
      });
      return answer(ports, reading, from);
    },

    async command(order, signal) {
      const reply = await info(signal);
      if (reply.outcome === 'failed') return reply;
      const stands = flagAt(reply.value, 'shutdown') === true;
      if (order.setpointW > 0) return stands ? post('/api/system/restart', signal) : answer(ports, { wrote: [] });
      return stands ? answer(ports, { wrote: [] }) : post('/api/system/shutdown', signal);
    },

    restart: (signal) => post('/api/system/restart', signal),
    close: () => client.close(),
  } satisfies MinerDriver;
};

function stateOf(from: unknown): LoadState | undefined {
  if (flagAt(from, 'shutdown')) return 'paused';
  if (at(from, 'hashRate') === undefined) return undefined;
  return (numberAt(from, 'hashRate') ?? 0) > 0 ? 'mining' : 'starting';
}
