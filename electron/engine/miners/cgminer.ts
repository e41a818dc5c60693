import { cgminerClient, cgminerCommand, CGMINER_PORT, type CgminerResult } from '#engine/transports/cgminer.ts';
import { failed } from '#engine/transports/fault.ts';
import { answer, misconnected, tcpPeer } from './answers.ts';
import { fromDevices, fromSummary, fromVersion, poolAlive, stateOf } from './cgminer-reading.ts';
import type { DriverResult, LoadCapabilities, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { flagAt, listAt, loadReading, numberAt, textAt, type ReadingDraft } from './fields.ts';
import type { LoadReading } from '#shared/reading.ts';

/** How this program can be held back, found out by asking it. */
type Control =
  | { by: 'pause' }
  | { by: 'devices'; on: string; off: string; list: 'DEVS'; id: string }
  | { by: 'nothing'; because: string };

/**
 * The plain CGMiner and BFGMiner API. It has no power levels: on or off, by `pause`/`resume` where a fork has them,
 * else by disabling every device.
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

  async function findControl(signal: AbortSignal): Promise<Control | CgminerResult> {
    const privileged = await ask('privileged', signal);
    if (privileged.outcome === 'failed' && privileged.fault.kind !== 'unsupported') {
      if (privileged.fault.kind !== 'refused') return privileged;
      return { by: 'nothing', because: privileged.fault.message };
    }
    const exists = async (command: string) => {
      const reply = await ask('check', signal, command);
      return (
        reply.outcome === 'ok' &&
        flagAt(reply.value, 'CHECK', 0, 'Exists') === true &&
        flagAt(reply.value, 'CHECK', 0, 'Access') !== false
      );
    };
    if ((await exists('pause')) && (await exists('resume'))) return { by: 'pause' };
    if (await exists('ascdisable'))
      return { by: 'devices', on: 'ascenable', off: 'ascdisable', list: 'DEVS', id: 'ASC' };
    if (await exists('procdisable'))
      return { by: 'devices', on: 'procenable', off: 'procdisable', list: 'DEVS', id: 'PGA' };
    return {
      by: 'nothing',
      because: `${client.address} offers no command that stops mining; put this miner on a switched plug`,
    };
  }

  return {
    async capabilities(signal): Promise<DriverResult<LoadCapabilities>> {
      const found = await findControl(signal);
      if ('outcome' in found)
        return found.outcome === 'failed'
          ? found
          : failed('garbage', `${client.address} answers out of turn; it will be asked again`);
      control = found;
      if (found.by === 'nothing') return failed('refused', found.because);
      return answer(ports, { kind: 'miner', startS: 60 });
    },

    async read(signal): Promise<DriverResult<LoadReading>> {
      const summary = await ask('summary', signal);
      if (summary.outcome === 'failed') return summary;
      if (!identity) {
        const version = await ask('version', signal);
        if (version.outcome === 'ok') identity = fromVersion(version.value);
      }
      const devices = await ask('devs', signal);
      const pools = await ask('pools', signal);
      const draft: ReadingDraft = {
        ...identity,
        ...(devices.outcome === 'ok' ? fromDevices(devices.value) : {}),
        ...fromSummary(summary.value),
        poolAlive: pools.outcome === 'ok' ? poolAlive(pools.value) : undefined,
      };
      const state = stateOf(draft, devices.outcome === 'ok' ? devices.value : undefined);
      return answer(ports, loadReading({ ...draft, state: state ?? (paused ? 'paused' : undefined) }), {
        summary: summary.value,
      });
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      if (!control) {
        const found = await this.capabilities(signal);
        if (found.outcome === 'failed') return found;
      }
      if (!control || control.by === 'nothing')
        return failed('refused', control?.because ?? `${client.address} cannot be commanded`);
      const run = order.setpointW > 0;
      if (control.by === 'pause') {
        if (paused === !run) return answer(ports, { wrote: [] });
        const reply = await ask(run ? 'resume' : 'pause', signal);
        if (reply.outcome === 'failed') return reply;
        paused = !run;
        return answer(ports, { wrote: [run ? 'resume' : 'pause'] });
      }
      return switchDevices(control, run, signal);
    },

    async restart(signal) {
      const reply = await ask('restart', signal);
      if (reply.outcome === 'failed' && reply.fault.kind !== 'garbage') return reply;
      return answer(ports, { wrote: ['restart'] });
    },

    close: () => Promise.resolve(),
  } satisfies MinerDriver;

  async function switchDevices(
    by: Extract<Control, { by: 'devices' }>,
    run: boolean,
    signal: AbortSignal,
  ): Promise<DriverResult<Written>> {
    const devices = await ask('devs', signal);
    if (devices.outcome === 'failed') return devices;
    const wrote: string[] = [];
    for (const entry of listAt(devices.value, by.list)) {
      const id = numberAt(entry, by.id);
      if (id === undefined || flagAt(entry, 'Enabled') === run) continue;
      const reply = await ask(run ? by.on : by.off, signal, String(id));
      if (reply.outcome === 'failed') return reply;
      wrote.push(`${run ? by.on : by.off} ${textAt(entry, 'Name') ?? by.id} ${id}`);
    }
    return answer(ports, { wrote });
  }
};
