import type { LoadReading } from '#shared/reading.ts';
import { cgminerClient, cgminerCommand, CGMINER_PORT } from '#engine/transports/cgminer.ts';
import { failed } from '#engine/transports/fault.ts';
import { answer, misconnected, tcpPeer } from './answers.ts';
import { findControl, type Control } from './cgminer-control.ts';
import { fromDevices, fromSummary, fromVersion, poolAlive, stateOf } from './cgminer-reading.ts';
import type { DriverResult, LoadCapabilities, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { flagAt, listAt, loadReading, numberAt, textAt, type ReadingDraft } from './fields.ts';
import { levelAtOrBelow } from './levels.ts';

/**
 * The plain CGMiner and BFGMiner API: on or off by `pause`/`resume` where a fork has them, else by disabling every
 * device; a power target where `ascset help` offers one.
 */
export const openCgminer: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, CGMINER_PORT);
  if (!peer) return misconnected(device, 'tcp');
  const client = cgminerClient(peer);
  const ask = (command: string, signal: AbortSignal, parameter?: string) =>
    client.send(cgminerCommand(command, parameter), signal);
  let identity: ReadingDraft | undefined;
  let control: Control | undefined;
  let paused: boolean | undefined;

  const driver: MinerDriver = {
    async capabilities(signal): Promise<DriverResult<LoadCapabilities>> {
      const found = await findControl(client.address, ask, signal);
      if (found.outcome === 'failed') return found;
      control = found;
      paused = undefined;
      const { levels } = found;
      return answer(ports, {
        kind: 'miner',
        startS: 90,
        rampUpWps: 15,
        rampDownWps: 100,
        ...(levels ? { levels } : {}),
      });
    },

    async read(signal): Promise<DriverResult<LoadReading>> {
      const summary = await ask('summary', signal);
      if (summary.outcome === 'failed') return summary;
      if (!identity) {
        const version = await ask('version', signal);
        if (version.outcome === 'ok') identity = fromVersion(version.value);
      }
      const devices = await ask(control?.by === 'devices' ? control.list : 'devs', signal);
      const pools = await ask('pools', signal);
      const draft: ReadingDraft = {
        ...identity,
        ...(devices.outcome === 'ok' ? fromDevices(devices.value) : {}),
        ...fromSummary(summary.value),
        powerMin: control?.levels?.kind === 'range' ? control.levels.minW : undefined,
        powerMax: control?.levels?.kind === 'range' ? control.levels.maxW : undefined,
        poolAlive: pools.outcome === 'ok' ? poolAlive(pools.value) : undefined,
      };
      const state = stateOf(draft, devices.outcome === 'ok' ? devices.value : undefined);
      return answer(ports, loadReading({ ...draft, state: state ?? (paused ? 'paused' : undefined) }), summary.value);
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      if (!control) {
        const found = await driver.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      if (!control) return failed('refused', `${client.address} cannot be commanded`);
      const levelW = control.levels ? levelAtOrBelow(control.levels, order.setpointW) : order.setpointW;
      const wrote: string[] = [];
      if (control.levels && levelW > 0) {
        const summary = await ask('summary', signal);
        if (summary.outcome === 'failed') return summary;
        if (numberAt(summary.value, 'SUMMARY', 0, 'Power Limit') !== levelW) {
          const set = await ask('ascset', signal, `0,power,${levelW}`);
          if (set.outcome === 'failed') return set;
          wrote.push(`ascset 0,power,${levelW}`);
        }
      }
      const switched =
        control.by === 'pause' ? await pause(levelW > 0, signal) : await switchDevices(control, levelW > 0, signal);
      if (switched.outcome === 'failed') return switched;
      return answer(ports, { wrote: [...wrote, ...switched.value.wrote] });
    },

    async restart(signal) {
      const reply = await ask('restart', signal);
      // Some forks go down before they have answered.
      if (reply.outcome === 'failed' && reply.fault.kind !== 'garbage') return reply;
      return answer(ports, { wrote: ['restart'] });
    },

    close: () => Promise.resolve(),
  };
  return driver;

  async function pause(run: boolean, signal: AbortSignal): Promise<DriverResult<Written>> {
    const devices = await ask('devs', signal);
    const enabled = devices.outcome === 'ok' ? listAt(devices.value, 'DEVS').map((one) => flagAt(one, 'Enabled')) : [];
    const runs = enabled.length > 0 && enabled.every((on) => on !== undefined) ? enabled.includes(true) : undefined;
    // A fork that keeps "Enabled" while paused is believed only where it says no. Our own word that it paused is never
    // enough: one that said yes and went on must hear it again.
    if (run ? paused === false && runs !== false : runs === false) return answer(ports, { wrote: [] });
    const reply = await ask(run ? 'resume' : 'pause', signal);
    if (reply.outcome === 'failed') return reply;
    paused = !run;
    return answer(ports, { wrote: [run ? 'resume' : 'pause'] });
  }

  async function switchDevices(
    by: Extract<Control, { by: 'devices' }>,
    run: boolean,
    signal: AbortSignal,
  ): Promise<DriverResult<Written>> {
    const devices = await ask(by.list, signal);
    if (devices.outcome === 'failed') return devices;
    const wrote: string[] = [];
    for (const entry of listAt(devices.value, 'DEVS')) {
      const id = numberAt(entry, by.id);
      if (id === undefined || flagAt(entry, 'Enabled') === run) continue;
      const reply = await ask(run ? by.on : by.off, signal, String(id));
      if (reply.outcome === 'failed') return reply;
      wrote.push(`${run ? by.on : by.off} ${textAt(entry, 'Name') ?? by.id} ${id}`);
    }
    return answer(ports, { wrote });
  }
};
