import { setTimeout as wait } from 'node:timers/promises';
import type { Role } from '#shared/contract/access.ts';
import type { WhichSite } from '#shared/site.ts';
import type { Port } from '#shared/rpc/contract.ts';
import type { Engine } from '#engine/engine-options.ts';
import type { Scrape } from '#engine/fleet-desk.ts';
import type { Opened } from '#engine/open-engine.ts';
import type { HeadlessOptions } from './arguments.ts';
import type { SimulatorChild } from './simulator-child.ts';

type Source = HeadlessOptions['source'];
interface Running {
  engine: Engine;
  simulator: SimulatorChild | undefined;
}

export interface RunnerPorts {
  first: Source;
  /** The owner's own site file. */
  siteFile: string;
  simulate(source: Extract<Source, { kind: 'simulated' }>): Promise<SimulatorChild>;
  open(simulator: SimulatorChild | undefined, switchTo: (which: WhichSite) => void): Promise<Opened>;
  /** One line for the owner. */
  say(line: string): void;
}

export interface SiteRunner {
  /** Serves a Port from the engine of now; it is closed when another site takes over, and its page comes again. */
  serve(port: Port, role: Role): void;
  health(): object;
  scrape(): Scrape | undefined;
  /** @returns names of loads that did not confirm */
  stop(): Promise<string[]>;
}

/** Lets the answer to whoever asked for the other site leave first, ms. */
const ANSWER_MS = 100;

export type Run = { outcome: 'ok'; runner: SiteRunner } | { outcome: 'refused'; message: string };

/** One engine after the other in this process: on the owner's own site, or beside the simulator. */
export async function runSites(parts: RunnerPorts): Promise<Run> {
  const { first } = parts;
  const simulatedSource: Source = first.kind === 'simulated' ? first : { kind: 'simulated', name: 'home', speed: 1 };
  let source = first;
  let running: Running | undefined;
  let moving: Promise<void> = Promise.resolve();
  let stopped = false;
  const ports = new Set<Port>();

  async function begin(next: Source): Promise<string | undefined> {
    const simulator = next.kind === 'simulated' ? await parts.simulate(next).catch((cause: Error) => cause) : undefined;
    if (simulator instanceof Error) return simulator.message;
    const opened = await parts.open(simulator, (which) => void (moving = moving.then(() => move(which))));
    if (opened.outcome === 'refused') {
      simulator?.stop();
      return opened.message;
    }
    source = next;
    running = { engine: opened.engine, simulator };
    return undefined;
  }

  async function end(): Promise<string[]> {
    const ended = running;
    running = undefined;
    const unconfirmed = (await ended?.engine.stop()) ?? [];
    ended?.simulator?.stop();
    return unconfirmed;
  }

  async function move(which: WhichSite) {
    await wait(ANSWER_MS);
    if (stopped) return;
    const before = source;
    const old = [...ports];
    for (const name of await end()) parts.say(`${name} did not confirm that it stopped. Switch it off at its plug.`);
    const problem = await begin(which === 'own' ? { kind: 'file', path: parts.siteFile } : simulatedSource);
    if (problem !== undefined) {
      parts.say(problem);
      const again = await begin(before);
      if (again !== undefined) parts.say(again);
    }
    for (const port of old) port.close();
  }

  const refused = await begin(first);
  if (refused !== undefined) return { outcome: 'refused', message: refused };
  return {
    outcome: 'ok',
    runner: {
      serve(port, role) {
        if (!running) return port.close();
        ports.add(port);
        port.onClose(() => ports.delete(port));
        running.engine.serve(port, role);
      },
      health: () => running?.engine.health() ?? { status: 'starting' },
      scrape: () => running?.engine.scrape(),
      async stop() {
        stopped = true;
        await moving;
        return end();
      },
    },
  };
}
