import type { DeviceFault, LoadDevice } from '#shared/device.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import type { Ability } from './ability.ts';
import { commandGate } from './command-gate.ts';
import type { LoadOrder, MinerDriver } from './driver.ts';
import { HOLD_MS, type HealthEvent } from './health.ts';
import type { Learned } from './learned.ts';
import { levelAtOrBelow } from './levels.ts';
import { escalate, hasStopped, judge, type Asked } from './obedience.ts';
import type { Reader } from './reader.ts';
import { disobedience } from './session-view.ts';
import type { Supply } from './supply.ts';

export interface CommanderParts {
  device: LoadDevice;
  driver: MinerDriver | undefined;
  clock: Clock;
  log: Log;
  random(): number;
  ability: Ability;
  reader: Reader;
  supply: Supply;
  learned: Learned;
  hasPlug: boolean;
  say(event: HealthEvent): void;
}

/** After two more tries (obedience.ts). */
const ALARM_TIME = 3;
/** Averages of watts and hashrate have caught up by then. */
export const LEARN_AFTER_MS = 120_000;

/** Carries out what is wanted of one load, and sees to it that it obeys. */
export function openCommander(parts: CommanderParts) {
  const { device, driver, clock, ability, reader, supply, learned, say } = parts;
  const gate = commandGate(parts.random);
  let wanted: { setpointW: number; leaseUntilMs: number } | undefined;
  let safe = false;
  /** Kept standing for its own good. */
  let held: { by: HealthEvent; untilMs: number } | undefined;
  let asked: Asked | undefined;
  /** The device has taken what is asked; false: it must be told (again). */
  let carried = false;
  let carriedMs = 0;
  let renewedMs = 0;
  /** How often in a row it settled on something else than asked. */
  let times = 0;

  const isHeld = () => held !== undefined && clock.now() < held.untilMs;
  const wantedW = () => (safe || isHeld() || !wanted || clock.now() >= wanted.leaseUntilMs ? 0 : wanted.setpointW);

  async function obey(signal: AbortSignal): Promise<void> {
    const model = ability.model();
    if (!model || !driver || reader.isStranger() || (!wanted && !safe)) return;
    const nowMs = clock.now();
    const levelW = levelAtOrBelow(model.levels, wantedW());
    if (asked?.levelW !== levelW) {
      asked = { levelW, sinceMs: nowMs, fromW: reader.seen().draw ?? asked?.levelW ?? 0 };
      carried = false;
      gate.clear();
      times = 0;
    }
    if (levelW > 0 && (await supply.up(signal))) {
      carried = false;
      ability.forget();
      reader.renewLink();
    }
    // A load whose supply is cut cannot be told; one that does not answer a question may still take a stop.
    if (supply.isCut() || (reader.link().failures > 0 && levelW > 0)) return;
    if (!carried && !gate.isOpen(nowMs)) return;
    const order = { setpointW: levelW, leaseUntilMs: wanted?.leaseUntilMs ?? nowMs };
    if (carried) return renew(order, model.deviceLeaseS, signal);
    const done = await driver.command(order, signal);
    if (done.outcome === 'failed') {
      if (gate.refuse(done.fault, levelW === 0, clock.now()))
        say({ id: 'command-failed', level: 'warn', message: done.fault.message });
      return;
    }
    gate.clear();
    carried = done.value.unfinished !== true;
    carriedMs = clock.now();
    renewedMs = nowMs;
    if (done.value.wrote.length === 0) return;
    learned.wrote(levelW > 0 && reader.last()?.value.state !== 'mining' && times === 0);
    parts.log.info({ load: device.id, levelW, wrote: done.value.wrote }, 'load commanded');
  }

  async function renew(order: LoadOrder, leaseS = Infinity, signal: AbortSignal): Promise<void> {
    const nowMs = clock.now();
    // At half of the lease, so that one lost answer does not stop the load.
    if (!driver?.renew || order.setpointW === 0 || nowMs - renewedMs < leaseS * 500) return;
    const renewed = await driver.renew(order, signal);
    if (renewed.outcome === 'ok') renewedMs = nowMs;
  }

  async function verify(signal: AbortSignal): Promise<void> {
    const model = ability.model();
    if (!model || !asked) return;
    const nowMs = clock.now();
    const verdict = judge(model, asked, reader.seen(), nowMs);
    let must = false;
    if (verdict.is === 'obeys') {
      if (times >= ALARM_TIME)
        say({ id: 'obeys-again', level: 'info', message: `${device.name} does what it is told again` });
      times = 0;
      if (asked.levelW > 0 && nowMs - asked.sinceMs > LEARN_AFTER_MS) learned.settled(reader.seen());
    }
    // A start that was never taken is no disobedience; a stop must be had whatever it says.
    if (verdict.is === 'disobeys' && (carried || asked.levelW === 0)) {
      const next = escalate(++times, asked, parts.hasPlug);
      must = next === 'plug';
      if (times === ALARM_TIME) {
        const message = disobedience(
          device.name,
          asked,
          verdict.because,
          must ? 'cut' : parts.hasPlug ? 'plug' : 'none',
        );
        say({ id: 'not-obeying', level: 'critical', message });
      }
      asked = { ...asked, sinceMs: nowMs };
      carried = false;
    }
    const run = wantedW() > 0;
    must ||= !run && carried && driver?.stopsByPlug?.() === true;
    await supply.follow({ run, must }, model, reader.seen(), nowMs, signal);
  }

  return {
    obey,
    verify,
    wantedW,
    isSafe: () => safe,
    makeSafe: () => void (safe = true),
    order: (setpointW: number, leaseUntilMs: number) => void (wanted = { setpointW, leaseUntilMs }),
    /** Keeps it standing for an hour. */
    hold: (by: HealthEvent) => void (held = { by, untilMs: clock.now() + HOLD_MS }),
    release: (id: string) => void (held = held?.by.id === id ? undefined : held),
    /** Why it is kept standing. */
    heldBy: (): DeviceFault | undefined =>
      held && isHeld() ? { kind: 'refused', message: held.by.message } : undefined,
    refused: () => gate.fault(),
    obeys: () => times < ALARM_TIME,
    runs: () => (asked?.levelW ?? 0) > 0,
    /** It forgot what it was told: it must be told again. */
    again: () => void (carried = false),
    /** The clock was set back: what was asked counts from now, else it would settle only when the hour has come again. */
    clockSetBack(): void {
      const nowMs = clock.now();
      if (asked && asked.sinceMs > nowMs) asked = { ...asked, sinceMs: nowMs };
      carriedMs = Math.min(carriedMs, nowMs);
      renewedMs = Math.min(renewedMs, nowMs);
    },
    /** Seen to stop after it was told to. */
    stands(): boolean {
      const [model, last] = [ability.model(), reader.last()];
      if (!carried || !model || asked?.levelW !== 0 || !last || last.atMs < carriedMs) return false;
      return hasStopped(model, asked, reader.seen());
    },
  };
}
