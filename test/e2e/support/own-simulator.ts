import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FromSimulator, type SimulatedSite, type ToSimulator } from '#shared/contract/host.ts';

export interface LoadTruth {
  wanted: 'run' | 'pause';
  drawW: number;
}

export interface OwnSimulator {
  simulated: SimulatedSite;
  /** What its miners really do, whoever commands them. */
  loads(): Promise<Record<string, LoadTruth>>;
  stop(): void;
}

/** A simulator that belongs to the test: it is still there when the app is gone. */
export async function startOwnSimulator(dataDir: string, speed: number): Promise<OwnSimulator> {
  const child = fork(join(import.meta.dirname, '../../../out/main/simulator-process.js'));
  const ask = async (message: ToSimulator | { kind: 'truth' }): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(message);
    const [value] = (await answer) as unknown[];
    return value;
  };
  const ready = FromSimulator.parse(await ask({ kind: 'start', site: 'home', speed, dataDir }));
  if (ready.kind !== 'ready') throw new Error('the simulator did not start');
  return {
    simulated: ready.simulated,
    async loads() {
      const { truth } = (await ask({ kind: 'truth' })) as { truth: { loads: Record<string, LoadTruth> } };
      return truth.loads;
    },
    stop: () => void child.kill(),
  };
}
