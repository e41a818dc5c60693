import type { LoadState } from '#shared/reading.ts';
import { CGMINER_PORT } from '#engine/transports/cgminer.ts';
import { answer, misconnected, secretOf, tcpPeer } from './answers.ts';
import { fromSummary, poolAlive } from './cgminer-reading.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { flagAt, hottest, listAt, loadReading, numberAt, sum, textAt } from './fields.ts';
import { levelAtOrBelow, type Levels } from './levels.ts';
import { whatsminerV2 } from './whatsminer-v2-api.ts';

/** Below this share of its limit a Whatsminer hardly hashes (M60: 1440 of 3600 W in use, miners.md 2.2). */
const LEAST_SHARE = 0.4;

/** Whatsminer, firmware before November 2024. Stopped by `power_off`, held back by `set_power_pct`, which retunes nothing. */
export const openWhatsminerV2: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, CGMINER_PORT);
  if (!peer) return misconnected(device, 'tcp');
  const api = whatsminerV2(
    peer,
    () => ports.clock.now(),
    () => secretOf(device, ports),
  );
  let levels: Extract<Levels, { kind: 'range' }> | undefined;
  /** Last percentage given since it was last started: a start forgets it. */
  let percent: number | undefined;
  let firmware: string | undefined;

  const optional = async (command: string, signal: AbortSignal) => {
    const reply = await api.read(command, signal);
    return reply.outcome === 'ok' ? reply.value : undefined;
  };

  const driver: MinerDriver = {
    async capabilities(signal) {
      const summary = await api.read('summary', signal);
      if (summary.outcome === 'failed') return summary;
      percent = undefined;
      const status = await optional('status', signal);
      // "Power Limit" reads 0 on some versions.
      const limits = [
        numberAt(summary.value, 'SUMMARY', 0, 'Power Limit'),
        numberAt(status, 'Msg', 'power_limit_set'),
        numberAt(summary.value, 'SUMMARY', 0, 'Power'),
      ];
      const maxW = limits.find((watts) => watts !== undefined && watts > 0);
      levels = maxW === undefined ? undefined : { kind: 'range', minW: maxW * LEAST_SHARE, maxW, stepW: maxW / 100 };
      const common = {
        kind: 'miner',
        standbyW: 20,
        startS: 480,
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
      const summary = await api.read('summary', signal);
      if (summary.outcome === 'failed') return summary;
      const [status, boards, pools] = [
        await optional('status', signal),
        await optional('edevs', signal),
        await optional('pools', signal),
      ];
      firmware ??=
        textAt(await optional('get_version', signal), 'Msg', 'fw_ver') ?? textAt(status, 'Msg', 'FirmwareVersion');
      const entry = listAt(summary.value, 'SUMMARY')[0];
      const draft = fromSummary(summary.value);
      const reading = loadReading({
        ...draft,
        rejectedShares: draft.rejectedShares ?? sum(listAt(pools, 'POOLS').map((pool) => numberAt(pool, 'Rejected'))),
        state: stateOf(status, boards, draft.hashrate),
        temperature: hottest([numberAt(entry, 'Chip Temp Max'), numberAt(entry, 'Temperature')]),
        // 0 is no limit or not known; adjust_power_limit 0 means unconstrained.
        powerTarget: draft.powerTarget === 0 ? undefined : draft.powerTarget,
        uptime: numberAt(entry, 'Uptime') ?? draft.uptime,
        poolAlive: poolAlive(pools),
        fanRpm: hottest([numberAt(entry, 'Fan Speed In'), numberAt(entry, 'Fan Speed Out')]),
        model: textAt(listAt(boards, 'DEVS')[0], 'Model') ?? 'WhatsMiner',
        firmware,
        serial: textAt(entry, 'MAC'),
      });
      return answer(ports, reading, summary.value);
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      if (!levels) {
        const found = await driver.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      const status = await api.read('status', signal);
      if (status.outcome === 'failed') return status;
      const off = flagAt(status.value, 'Msg', 'mineroff') === true;
      const levelW = levels ? levelAtOrBelow(levels, order.setpointW) : order.setpointW;
      if (levelW <= 0) {
        if (off) return answer(ports, { wrote: [] });
        const stopped = await api.write({ cmd: 'power_off', respbefore: 'true' }, signal);
        percent = undefined;
        return stopped.outcome === 'failed' ? stopped : answer(ports, { wrote: ['power_off'] });
      }
      if (off) {
        percent = undefined;
        const started = await api.write({ cmd: 'power_on' }, signal);
        return started.outcome === 'failed' ? started : answer(ports, { wrote: ['power_on'], unfinished: true });
      }
      const wanted = levels ? Math.round((100 * levelW) / levels.maxW) : 100;
      if (percent === wanted || (percent === undefined && wanted === 100)) return answer(ports, { wrote: [] });
      // Taken only once all boards have reached their frequency.
      const boards = listAt(await optional('edevs', signal), 'DEVS');
      if (boards.some((board) => numberAt(board, 'Upfreq Complete') === 0))
        return answer(ports, { wrote: [], unfinished: true });
      const set = await api.write({ cmd: 'set_power_pct', percent: String(wanted) }, signal);
      if (set.outcome === 'failed') return set;
      percent = wanted;
      return answer(ports, { wrote: [`set_power_pct ${wanted}`] });
    },

    async restart(signal) {
      const reply = await api.write({ cmd: 'restart_btminer' }, signal);
      return reply.outcome === 'failed' ? reply : answer(ports, { wrote: ['restart_btminer'] });
    },

    close: () => Promise.resolve(),
  };
  return driver;
};

function stateOf(status: unknown, boards: unknown, hashrate: number | undefined): LoadState | undefined {
  // The text "true"; hash_percent "0" in the same reply does not mean 0 %.
  if (flagAt(status, 'Msg', 'mineroff') === true) return 'paused';
  if (listAt(boards, 'DEVS').some((board) => numberAt(board, 'Upfreq Complete') === 0)) return 'starting';
  if (hashrate === undefined) return undefined;
  return hashrate > 0 ? 'mining' : 'starting';
}
