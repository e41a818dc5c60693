import { fork, type ChildProcess } from 'node:child_process';
import { FromSimulator, type SimulatedSite, type SimulatedSiteName, type ToSimulator } from '#shared/contract/host.ts';
import type { Log } from '#engine/system/log.ts';

/** Longest wait for the simulator to serve its devices, ms. */
const START_MS = 10_000;

export interface SimulatorChild {
  simulated: SimulatedSite;
  stop(): void;
}

/** The simulator as a child process; when it dies it is started again on the same ports and the same clock. */
export async function forkSimulator(
  entry: string,
  start: { name: SimulatedSiteName; speed: number; dataDir: string },
  log: Log,
): Promise<SimulatorChild> {
  let child: ChildProcess;
  let stopping = false;
  let simulated: SimulatedSite | undefined;
  let deaths = 0;

  const launch = () =>
    new Promise<SimulatedSite>((resolve, reject) => {
      // Ctrl-C in a terminal reaches the whole group; the loads' simulator must outlive the engine that stops them.
      child = fork(entry, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: process.platform !== 'win32' });
      const timer = setTimeout(() => reject(new Error('The simulator did not answer within 10 s.')), START_MS);
      child.on('message', (raw) => {
        const message = FromSimulator.safeParse(raw);
        if (!message.success || message.data.kind !== 'ready') return;
        clearTimeout(timer);
        resolve(message.data.simulated);
      });
      child.on('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`The simulator ended with code ${code}.`));
        if (stopping || !simulated) return;
        // A simulator that keeps dying is a bug to see, not to hide: five times at most.
        if (++deaths > 5) return log.error({ code }, 'the simulator died too often and stays down');
        log.warn({ code }, 'the simulator died and is started again');
        launch().catch((cause: unknown) => log.error({ err: cause }, 'the simulator did not come back'));
      });
      const message: ToSimulator = {
        kind: 'start',
        site: start.name,
        speed: start.speed,
        dataDir: start.dataDir,
        ...(simulated ? { resumed: simulated } : {}),
      };
      child.send(message);
    });

  simulated = await launch();
  return {
    simulated,
    stop() {
      stopping = true;
      if (child.connected) child.send({ kind: 'stop' } satisfies ToSimulator);
    },
  };
}
