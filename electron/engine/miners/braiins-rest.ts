import type { LoadReading, LoadState } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected, secretOf, userOf } from './answers.ts';
import { braiinsSession } from './braiins-session.ts';
import type { DriverResult, LoadCapabilities, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { at, hottest, listAt, loadReading, numberAt, scaled, textAt } from './fields.ts';
import { levelAtOrBelow, type Levels } from './levels.ts';

/** miner/details `status` of the public API: 1 not started, 2 normal, 3 paused, 4 suspended, 5 restricted. */
const STATES: Record<number, LoadState> = { 1: 'paused', 2: 'mining', 3: 'paused', 4: 'paused', 5: 'fault' };
const RESTRICTED = 5;
// The tuner follows 1 W, but settles for 1-2 min after each change; 50 W is what it holds (miners.md 2.1).
const STEP_W = 50;

/** Braiins OS 25.03 and newer, over its REST API. */
export const openBraiinsRest: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  const ask = braiinsSession(client, userOf(device) ?? 'root', () => secretOf(device, ports));
  let levels: Levels | undefined;

  const driver: MinerDriver = {
    async capabilities(signal): Promise<DriverResult<LoadCapabilities>> {
      const constraints = await ask('/configuration/constraints', signal);
      if (constraints.outcome === 'failed') return constraints;
      const range = at(constraints.value, 'tuner_constraints', 'power_target');
      const minW = numberAt(range, 'min', 'watt');
      const maxW = numberAt(range, 'max', 'watt');
      if (minW === undefined || maxW === undefined || minW <= 0 || maxW < minW)
        return failed(
          'unsupported',
          `${client.address} tells no range of power targets; switch its tuner to “power target” on its web page`,
        );
      levels = { kind: 'range', minW, maxW, stepW: STEP_W };
      return answer(ports, {
        kind: 'miner',
        levels,
        startS: 90,
        startW: 150,
        rampUpWps: 15,
        rampDownWps: 100,
        raiseGapS: 120,
        lowerGapS: 10,
      });
    },

    async read(signal): Promise<DriverResult<LoadReading>> {
      const details = await ask('/miner/details', signal);
      if (details.outcome === 'failed') return details;
      const stats = await ask('/miner/stats', signal);
      if (stats.outcome === 'failed') return stats;
      const tuner = await ask('/performance/tuner-state', signal);
      const cooling = await ask('/cooling/state', signal);
      const pools = await ask('/pools/', signal);
      const status = numberAt(details.value, 'status');
      const targetW = targetOf(tuner.outcome === 'ok' ? tuner.value : undefined);
      // Null at low power on some models: then the tuner's target while it runs.
      const draw =
        numberAt(stats.value, 'power_stats', 'approximated_consumption', 'watt') ??
        (status === 2 ? targetW : undefined);
      const reading = loadReading({
        draw,
        drawSource: draw === undefined ? undefined : 'estimated',
        hashrate: scaled(numberAt(stats.value, 'miner_stats', 'real_hashrate', 'last_1m', 'gigahash_per_second'), 1e-3),
        state: status === undefined ? undefined : STATES[status],
        temperature: hottest([
          numberAt(
            cooling.outcome === 'ok' ? cooling.value : undefined,
            'highest_temperature',
            'temperature',
            'degree_c',
          ),
        ]),
        acceptedShares: numberAt(stats.value, 'pool_stats', 'accepted_shares'),
        rejectedShares: numberAt(stats.value, 'pool_stats', 'rejected_shares'),
        shareDifficulty: numberAt(stats.value, 'pool_stats', 'last_difficulty'),
        powerTarget: targetW,
        powerMin: levels?.kind === 'range' ? levels.minW : undefined,
        powerMax: levels?.kind === 'range' ? levels.maxW : undefined,
        uptime: numberAt(details.value, 'bosminer_uptime_s') ?? numberAt(details.value, 'system_uptime_s'),
        poolAlive: pools.outcome === 'ok' ? anyPoolAlive(pools.value) : undefined,
        model:
          textAt(details.value, 'miner_identity', 'name') ?? textAt(details.value, 'miner_identity', 'miner_model'),
        firmware: textAt(details.value, 'bos_version', 'current'),
        serial: textAt(details.value, 'mac_address'),
      });
      return answer(ports, reading, { details: details.value, stats: stats.value });
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      if (!levels) {
        const found = await driver.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      const details = await ask('/miner/details', signal);
      if (details.outcome === 'failed') return details;
      const status = numberAt(details.value, 'status');
      if (status === RESTRICTED)
        return failed(
          'refused',
          `${client.address} runs restricted: its licence or fee settings are not in order; its own web page says what to do`,
        );
      const wrote: string[] = [];
      const put = async (path: string, body?: unknown) => {
        const reply = await ask(path, signal, body === undefined ? { method: 'PUT' } : { method: 'PUT', body });
        if (reply.outcome === 'ok')
          wrote.push(body === undefined ? `PUT ${path}` : `PUT ${path} ${JSON.stringify(body)}`);
        return reply;
      };
      const targetW = levels ? levelAtOrBelow(levels, order.setpointW) : 0;
      if (targetW <= 0) {
        if (status !== 2) return answer(ports, { wrote });
        const paused = await put('/actions/pause');
        return paused.outcome === 'failed' ? paused : answer(ports, { wrote });
      }
      const tuner = await ask('/performance/tuner-state', signal);
      if (tuner.outcome === 'failed') return tuner;
      // The target first: a miner that resumes at the old one takes what is not there.
      if (targetOf(tuner.value) !== targetW) {
        const set = await put('/performance/power-target', { watt: targetW });
        if (set.outcome === 'failed') return set;
      }
      if (status !== 2) {
        const resumed = await put(status === 1 ? '/actions/start' : '/actions/resume');
        if (resumed.outcome === 'failed') return resumed;
      }
      return answer(ports, { wrote });
    },

    async restart(signal) {
      const reply = await ask('/actions/restart', signal, { method: 'PUT' });
      return reply.outcome === 'failed' ? reply : answer(ports, { wrote: ['PUT /actions/restart'] });
    },

    close: () => client.close(),
  };
  return driver;
};

function targetOf(tuner: unknown): number | undefined {
  return numberAt(tuner, 'mode_state', 'powertargetmodestate', 'current_target', 'watt');
}

function anyPoolAlive(groups: unknown): boolean | undefined {
  const pools = (Array.isArray(groups) ? groups : []).flatMap((group) => listAt(group, 'pools'));
  return pools.length === 0 ? undefined : pools.some((pool) => at(pool, 'alive') === true);
}
