import type { MessagePortMain } from 'electron';
import {
  FromEngine,
  FromSimulator,
  type EngineNotice,
  type EngineStatus,
  type Secrets,
  type SimulatedSite,
  type ToEngine,
  type ToSimulator,
} from '#shared/contract/host.ts';
import type { WhichSite } from '#shared/site.ts';
import { forkChild } from './child.ts';
import type { SiteChoice } from './launch-options.ts';
import type { LogLine } from './log-file.ts';
import { paths } from './paths.ts';
import { supervise, type SupervisorState } from './supervisor.ts';

export interface EngineEnvironment {
  choice(): SiteChoice;
  /** The owner's own site file, whether it is there yet or not. */
  siteFile(): string;
  dataDir: string;
  secrets(): Secrets;
  log: LogLine;
  onState(state: SupervisorState): void;
  onStatus(status: EngineStatus): void;
  onNotice(notice: EngineNotice): void;
  keepSecret(name: string, value: string): void;
  onSwitch(which: WhichSite): void;
}

export interface EngineProcesses {
  start(): void;
  /** Anew, with the site that is chosen now. */
  restart(): Promise<void>;
  send(message: ToEngine): void;
  connect(port: MessagePortMain): void;
  /** @returns the loads that did not confirm their safe state; absent: the engine gave no answer */
  stop(): Promise<string[] | undefined>;
}

/** The engine, and beside it the simulator while a simulated site is chosen: each in a process of its own. */
export function engineProcesses(env: EngineEnvironment): EngineProcesses {
  let simulated = Promise.withResolvers<SimulatedSite>();
  let last: SimulatedSite | undefined;

  const simulator = supervise({
    name: 'The simulator',
    answers: FromSimulator,
    fork: () => forkChild(paths.simulator, 'spillway-simulator', (line) => env.log('simulator', line)),
    async hello() {
      const choice = env.choice();
      if (choice.kind !== 'simulated') throw new Error('no simulated site is chosen');
      const { site, speed } = choice;
      const again = last ? { resumed: last } : {};
      return { kind: 'start', site, speed, dataDir: env.dataDir, ...again } satisfies ToSimulator;
    },
    onAnswer(answer) {
      if (answer.kind !== 'ready') return;
      last = answer.simulated;
      simulated.resolve(answer.simulated);
    },
    onState(state) {
      if (state.state === 'lost' || state.state === 'refused') env.onState(state);
    },
    log: (message) => env.log('shell', message),
  });

  const engine = supervise({
    name: 'The engine',
    answers: FromEngine,
    fork: () => forkChild(paths.engine, 'spillway-engine', (line) => env.log('engine', line)),
    async hello() {
      const choice = env.choice();
      const { dataDir } = env;
      const start = { kind: 'start' as const, dataDir, secrets: env.secrets(), siteFile: env.siteFile() };
      return choice.kind === 'file'
        ? (start satisfies ToEngine)
        : ({ ...start, simulated: await simulated.promise } satisfies ToEngine);
    },
    onAnswer(answer) {
      if (answer.kind === 'status') env.onStatus(answer);
      if (answer.kind === 'notify') env.onNotice(answer);
      if (answer.kind === 'keep-secret') env.keepSecret(answer.name, answer.value);
      if (answer.kind === 'switch') env.onSwitch(answer.site);
    },
    onState: env.onState,
    log: (message) => env.log('shell', message),
  });

  async function stop() {
    // The engine first: it needs the simulated miners to see them safe.
    const farewell = await engine.stop();
    await simulator.stop();
    return farewell?.unconfirmed;
  }

  function start() {
    // The engine has more to load, so it goes first; it waits for the simulator's hello by itself.
    engine.start();
    if (env.choice().kind === 'simulated') simulator.start();
  }

  return {
    start,
    async restart() {
      await stop();
      simulated = Promise.withResolvers();
      last = undefined;
      start();
    },
    send: (message) => engine.send(message),
    connect: (port) => engine.send({ kind: 'port' } satisfies ToEngine, [port]),
    stop,
  };
}
