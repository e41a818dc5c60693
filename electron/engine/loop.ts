import type { Command, ControlSettings, Decision, LoadModel, MarketNow, Snapshot, Wish } from '#shared/control.ts';
import { step } from '#engine/control/step.ts';
import { stateWithWear, wearOf, type KeptWear } from '#engine/control/wear.ts';
import type { Clock } from '#engine/system/clock.ts';

/** One pass of the loop, as it happened. */
export interface Tick {
  atMs: number;
  snapshot: Snapshot;
  settings: ControlSettings;
  loads: readonly LoadModel[];
  market: MarketNow;
  wish: Wish;
  decision: Decision;
  commands: readonly Command[];
}

export interface LoopParts {
  clock: Clock;
  /** What was spent today before this process began. */
  wear: KeptWear;
  settings(): ControlSettings;
  /** Time between ticks, ms of site time. */
  periodMs(): number;
  wish(): Wish;
  loads(): readonly LoadModel[];
  snapshot(nowMs: number): Snapshot;
  /** Every device of the plant has given its first answer, a reading or a fault. */
  plantHeard(): boolean;
  market(nowMs: number): MarketNow;
  carryOut(commands: readonly Command[]): void;
  /** Ledger, streams and notices; called after the commands have left. */
  onTick(tick: Tick): void;
  /** A bug inside a tick: every load must be made safe by whoever listens. */
  onBug(cause: unknown): void;
}

export interface Loop {
  /** A fresh reading of the meter, or the first of a device, is there: decide now instead of at the end of the period. */
  wake(): void;
  /** Forgets what it knew of time: after sleep, all readings are old and timers begin anew. */
  restart(): void;
  lastTickMs(): number | undefined;
  wear(): KeptWear;
  stop(): Promise<void>;
}

/** Without a wake the loop waits a little longer than the meter's period, so that a reading and the timer do not tick twice. */
const PATIENCE = 1.25;

/** The first decision waits so long for devices that have not answered, in periods: they answer at once or are down. */
const FIRST_WORD = 1;

export function startLoop(parts: LoopParts): Loop {
  const { clock } = parts;
  let state = stateWithWear(parts.wear, clock.now());
  let last: number | undefined;
  let stopping = false;
  let pause = new AbortController();

  function tick() {
    const atMs = clock.now();
    // Set back, all that is remembered lies in the future: rests, leases and gaps between writes would last until then.
    if (last !== undefined && atMs < last) state = stateWithWear(wearOf(state), atMs);
    last = atMs;
    try {
      const settings = parts.settings();
      const loads = parts.loads();
      const snapshot = parts.snapshot(atMs);
      const market = parts.market(atMs);
      const wish = parts.wish();
      const result = step(state, { tickMs: atMs, periodMs: parts.periodMs(), snapshot, settings, loads, market, wish });
      state = result.state;
      parts.carryOut(result.commands);
      parts.onTick({
        atMs,
        snapshot,
        settings,
        loads,
        market,
        wish,
        decision: result.decision,
        commands: result.commands,
      });
    } catch (cause) {
      parts.onBug(cause);
    }
  }

  async function rest(waitMs: number) {
    pause = new AbortController();
    await clock.sleep(waitMs, pause.signal).catch(() => undefined);
  }

  async function run() {
    const untilMs = clock.now() + parts.periodMs() * FIRST_WORD;
    while (!stopping && !parts.plantHeard() && clock.now() < untilMs) await rest(untilMs - clock.now());
    while (!stopping) {
      tick();
      await rest(parts.periodMs() * PATIENCE);
    }
  }

  const running = run();
  return {
    wake() {
      const sinceMs = last === undefined ? Infinity : Math.abs(clock.now() - last);
      if (sinceMs >= parts.periodMs() / 2) pause.abort();
    },
    restart() {
      state = stateWithWear(wearOf(state), clock.now());
      pause.abort();
    },
    lastTickMs: () => last,
    wear: () => wearOf(state),
    async stop() {
      stopping = true;
      pause.abort();
      await running;
    },
  };
}
