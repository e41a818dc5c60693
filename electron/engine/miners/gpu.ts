import { failed, type Failed } from '#engine/transports/fault.ts';
import { runProgram } from '#engine/transports/local-process.ts';

export interface GpuState {
  drawW?: number;
  limitW?: number;
  minW?: number;
  maxW?: number;
  celsius?: number;
  name?: string;
}

const QUERY = ['name', 'power.draw', 'power.limit', 'power.min_limit', 'power.max_limit', 'temperature.gpu'];

/** One line of `nvidia-smi --format=csv,noheader,nounits`; “[N/A]” and the like are unknown. */
export function parseGpu(line: string): GpuState {
  const [name, ...texts] = line.split(',').map((part) => part.trim());
  const [drawW, limitW, minW, maxW, celsius] = texts.map((text) =>
    /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
  );
  const known = { name: name === '' ? undefined : name, drawW, limitW, minW, maxW, celsius };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** NVIDIA's own tool for one GPU. */
export function gpuTool(tool: string, index: number) {
  return {
    async state(signal: AbortSignal): Promise<{ outcome: 'ok'; gpu: GpuState } | Failed> {
      const argv = [tool, `--id=${index}`, `--query-gpu=${QUERY.join(',')}`, '--format=csv,noheader,nounits'];
      const done = await runProgram(argv, {}, signal);
      if (done.outcome === 'failed') return done;
      const line = done.output.split('\n')[0] ?? '';
      if (done.code !== 0)
        return failed('exception', `${tool} shows no GPU ${index} (“${line.trim()}”); check the number and the driver`);
      return { outcome: 'ok', gpu: parseGpu(line) };
    },
    /** Needs administrator's rights, and is forgotten at a reboot. */
    async limit(watts: number, signal: AbortSignal): Promise<{ outcome: 'ok' } | Failed> {
      const done = await runProgram([tool, '-i', String(index), '-pl', String(watts)], {}, signal);
      if (done.outcome === 'failed') return done;
      if (done.code === 0) return { outcome: 'ok' };
      return failed(
        'refused',
        `${tool} may not limit GPU ${index} (“${done.output.trim().split('\n')[0] ?? ''}”); run Spillway with the rights to, or leave "gpu" out of the site file`,
      );
    },
  };
}
