import type { LoadDevice } from '#shared/device.ts';
import {
  canPause,
  findProgram,
  runProgram,
  startProgram,
  type RunningProgram,
} from '#engine/transports/local-process.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import { answer, misconnected } from './answers.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { loadReading } from './fields.ts';
import { gpuTool, type GpuState } from './gpu.ts';
import { levelAtOrBelow, type Levels } from './levels.ts';
import { programProbe, serviceProbe, type WaitingProbe } from './waiting.ts';

/** Time a program has to end by itself before it is ended. */
const GRACE_MS = 5000;
const LIMIT_STEP_W = 5;

/**
 * A program or service of this computer as a load: started, stopped, and where its GPU can be limited, held at a power.
 * Its commands come from the local site file alone (command-origin.ts).
 */
export const openProcess: OpenMinerDriver = (device, ports) => {
  const { connection, setup } = device;
  if (connection.transport !== 'process') return misconnected(device, 'process');
  const { start, stop, running, directory } = connection;
  const gpu = connection.gpu === undefined ? undefined : gpuTool(connection.nvidiaSmi, connection.gpu);
  const probe = probeOf(device);
  /** Halted where it is instead of ended, so that it goes on with its work. */
  const pauses = setup['pause'] === true && !stop;
  const graceMs = typeof setup['graceS'] === 'number' ? setup['graceS'] * 1000 : GRACE_MS;
  let child: RunningProgram | undefined;
  /** Told last, where a service says nothing of itself. */
  let told = false;
  /** For one that an earlier run left behind. */
  let looked = false;
  let levels: Levels | undefined;
  let limitRefused = false;

  async function runs(signal: AbortSignal): Promise<boolean> {
    if (!stop) {
      if (!looked) child = findProgram(start, device.id);
      looked = true;
      return child !== undefined && child.ended() === undefined && !child.isPaused();
    }
    if (!running) return told;
    const done = await runProgram(running, { directory }, signal);
    return done.outcome === 'ok' ? done.code === 0 : told;
  }

  async function switchOn(signal: AbortSignal): Promise<DriverResult<Written>> {
    if (stop) {
      const done = await runProgram(start, { directory, timeoutMs: 60_000 }, signal);
      if (done.outcome === 'failed') return done;
      if (done.code !== 0)
        return failed(
          'exception',
          `${device.name}: ${start[0]} ended with ${done.code} (“${firstLine(done.output)}”); try it in a terminal`,
        );
    } else if (child?.ended() === undefined && child?.pause(false)) {
      return answer(ports, { wrote: ['continue'] });
    } else {
      child = startProgram(start, device.id, { directory });
      // A program that is not there says so at once.
      await new Promise((resolve) => setImmediate(resolve));
      const fault = child.fault();
      if (fault) return fault;
    }
    told = true;
    return answer(ports, { wrote: [`start ${start.join(' ')}`] });
  }

  async function switchOff(signal: AbortSignal): Promise<DriverResult<Written>> {
    if (stop) {
      const done = await runProgram(stop, { directory, timeoutMs: 60_000 }, signal);
      if (done.outcome === 'failed') return done;
      if (done.code !== 0)
        return failed(
          'exception',
          `${device.name}: ${stop[0]} ended with ${done.code} (“${firstLine(done.output)}”); try it in a terminal`,
        );
    } else if (pauses && child?.pause(true)) {
      return answer(ports, { wrote: ['halt'] });
    } else {
      await child?.stop(graceMs);
      child = undefined;
    }
    told = false;
    return answer(ports, { wrote: [stop ? `stop ${stop.join(' ')}` : 'stop'] });
  }

  async function limit(levelW: number, signal: AbortSignal): Promise<string[] | Failed> {
    if (!gpu || limitRefused || levels?.kind !== 'range') return [];
    const now = await gpu.state(signal);
    if (now.outcome === 'failed') return now;
    if (now.gpu.limitW !== undefined && Math.abs(now.gpu.limitW - levelW) < 0.5) return [];
    const done = await gpu.limit(levelW, signal);
    if (done.outcome === 'failed') {
      limitRefused = true;
      return done;
    }
    return [`power limit ${levelW} W`];
  }

  return {
    async capabilities(signal) {
      if (pauses && !canPause())
        return failed(
          'unsupported',
          `${device.name}: Windows cannot halt a program; leave "pause" out of its "setup", it is then ended and started anew`,
        );
      const common = { kind: 'compute', startS: 10, raiseGapS: 10, lowerGapS: 5, startsPerDay: 200 } as const;
      if (!gpu) return answer(ports, common);
      const found = await gpu.state(signal);
      if (found.outcome === 'failed') return found;
      levels = levelsOf(found.gpu, device.model?.levels, limitRefused);
      return answer(ports, levels ? { ...common, levels } : common);
    },

    async read(signal) {
      const on = await runs(signal);
      const crash = !stop && told && child?.ended() !== undefined;
      const found = gpu ? await gpu.state(signal) : undefined;
      const now = found?.outcome === 'ok' ? found.gpu : undefined;
      const reading = loadReading({
        draw: now?.drawW,
        drawSource: now?.drawW === undefined ? undefined : 'measured',
        state: on ? 'mining' : crash ? 'fault' : 'paused',
        temperature: now?.celsius,
        powerTarget: on ? now?.limitW : undefined,
        powerMin: now?.minW,
        powerMax: now?.maxW,
        model: now?.name,
      });
      return answer(ports, reading);
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      const on = await runs(signal);
      const levelW = levels ? levelAtOrBelow(levels, order.setpointW) : order.setpointW;
      if (levelW <= 0) return on ? switchOff(signal) : answer(ports, { wrote: [] });
      const limited = await limit(levelW, signal);
      if ('outcome' in limited) return limited;
      if (on) return answer(ports, { wrote: limited });
      const started = await switchOn(signal);
      return started.outcome === 'failed' ? started : answer(ports, { wrote: [...limited, ...started.value.wrote] });
    },

    ...(probe ? { waiting: (signal: AbortSignal) => probe.waiting(ports.clock.now(), signal) } : {}),

    async close() {
      await child?.stop(graceMs);
      await probe?.close();
    },
  } satisfies MinerDriver;
};

/** Its limits where the GPU tells them and may be limited, else one level: the owner's, or the GPU's limit now. */
function levelsOf(gpu: GpuState, owner: Levels | undefined, refused: boolean): Levels | undefined {
  if (owner) return owner;
  const { minW, maxW, limitW } = gpu;
  if (!refused && minW !== undefined && maxW !== undefined && maxW > minW)
    return { kind: 'range', minW, maxW, stepW: LIMIT_STEP_W };
  return limitW === undefined ? undefined : { kind: 'steps', watts: [limitW] };
}

function probeOf({ connection, setup }: LoadDevice): WaitingProbe | undefined {
  if (connection.transport === 'process' && connection.busy) return programProbe(connection.busy, connection.directory);
  const keepMs = typeof setup['keepAliveS'] === 'number' ? setup['keepAliveS'] * 1000 : undefined;
  for (const kind of ['ollama', 'llama-server'] as const) {
    const url = setup[kind];
    if (typeof url === 'string' && URL.canParse(url)) return serviceProbe(kind, new URL(url), keepMs);
  }
  return undefined;
}

const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';
