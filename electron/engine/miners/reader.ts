import type { LoadModel } from '#shared/control.ts';
import type { DeviceFault, LoadDevice } from '#shared/device.ts';
import type { LoadReading, Timed } from '#shared/reading.ts';
import type { Clock } from '#engine/system/clock.ts';
import { bestDraw } from './draw.ts';
import type { MinerDriver } from './driver.ts';
import { present } from './fields.ts';
import { freshWatch, watchOver, type Finding, type HealthEvent } from './health.ts';
import { watchIdentity } from './identity.ts';
import type { Learned } from './learned.ts';
import { isLost, linkFailed, linkWorked, newLink } from './link.ts';
import type { Seen } from './obedience.ts';
import type { Plug } from './plug.ts';
import type { SeenDraw } from './session-view.ts';

export interface ReaderParts {
  device: LoadDevice;
  driver: MinerDriver | undefined;
  plug: Plug | undefined;
  learned: Learned;
  clock: Clock;
  random(): number;
  model(): LoadModel | undefined;
  /** A command of ours explains what it does now. */
  recentlyTold(): boolean;
  say(event: HealthEvent): void;
}

/** What reading once brought, beyond the reading itself. */
export type Heard = Pick<Finding, 'restart' | 'hold'> & {
  poolAlive: boolean;
  /** It was away, or started anew: whatever it was told is forgotten. */
  forgot: boolean;
};

/** Reads one load, minds its link, its identity and its health, and says what is known of it now. */
export function openReader(parts: ReaderParts) {
  const { device, driver, plug, learned, clock, random, model, recentlyTold, say } = parts;
  const identity = watchIdentity(device, learned);
  /** Oldest age a figure counts at, ms. */
  const maxAgeMs = Math.max(30_000, 3000 * device.pollS);
  let link = newLink(clock.now());
  let last: Timed<LoadReading> | undefined;
  let watch = freshWatch;
  let stateSinceMs = 0;

  const fresh = () => (last && clock.now() - last.atMs <= maxAgeMs ? last : undefined);
  const fail = (fault: DeviceFault) => void (link = linkFailed(link, fault, clock.now(), random()));

  function draw(): SeenDraw | undefined {
    const plugged = plug?.draw(clock.now());
    const best = bestDraw((plugged ? fresh() : last)?.value, plugged?.value, learned.calibration(), learned.curve());
    return best && { ...best, atMs: plugged?.atMs ?? last?.atMs ?? 0 };
  }

  return {
    last: () => last,
    link: () => link,
    isStranger: () => identity.isStranger(),
    draw,
    seen(): Seen {
      const { hashrate, state } = fresh()?.value ?? {};
      const best = draw();
      const isFresh = best !== undefined && clock.now() - best.atMs <= maxAgeMs;
      const known = isFresh ? best : undefined;
      return present<Seen>({ hashrate, state, draw: known?.draw, drawSource: known?.drawSource });
    },
    /** Since when it is in its present state. */
    stateSinceMs: () => stateSinceMs,
    fail,
    /** Its supply came back: what was before says nothing. */
    renewLink: () => void (link = newLink(clock.now())),
    /** @returns undefined where there was no answer from the right device */
    async read(signal: AbortSignal): Promise<Heard | undefined> {
      const startMs = performance.now();
      const result = await driver?.read(signal);
      if (!result || signal.aborted) return undefined;
      const fault = result.outcome === 'failed' ? result.fault : identity.strangerIn(result.value);
      if (result.outcome === 'failed' || fault) {
        if (fault) fail(fault);
        return undefined;
      }
      const back = isLost(link);
      const first = last === undefined;
      if (last?.value.state !== result.value.state) stateSinceMs = result.atMs;
      link = linkWorked(link, result.atMs, performance.now() - startMs);
      last = { value: result.value, atMs: result.atMs };
      const found = watchOver(watch, device.name, model(), result.value, result.atMs, recentlyTold());
      watch = found.watch;
      found.events.forEach(say);
      if (first && result.value.state === 'mining')
        say({ id: 'adopted', level: 'info', message: `${device.name} was found running and is taken over` });
      return {
        restart: found.restart,
        hold: found.hold,
        forgot: back || found.rebooted,
        poolAlive: result.value.poolAlive === true,
      };
    },
  };
}

export type Reader = ReturnType<typeof openReader>;
