import type { LoadModel, LoadSnapshot } from '#shared/control.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { DeviceFault, DeviceHealth, LoadDevice } from '#shared/device.ts';
import type { LoadReading, Timed } from '#shared/reading.ts';
import { commandGate } from './command-gate.ts';
import { learnFrom, type Curve } from './curve.ts';
import { bestDraw, calibrate, type Calibration } from './draw.ts';
import type { DriverPorts, LoadOrder, MinerDriver, OpenMinerDriver } from './driver.ts';
import { present } from './fields.ts';
import { freshWatch, watchOver, type HealthEvent } from './health.ts';
import { levelAtOrBelow } from './levels.ts';
import { isLost, linkFailed, linkHealth, linkWorked, newLink } from './link.ts';
import { escalate, hasStopped, judge, type Asked, type Seen } from './obedience.ts';
import { openPlug, type Plug } from './plug.ts';
import { minerDrivers } from './registry.ts';
import { composeModel, sharpen } from './session-model.ts';
import { watchIdentity } from './identity.ts';
import { addressOf, disobedience, snapshotOf, type SeenDraw } from './session-view.ts';
import { nextStopPhase, type StopPhase } from './stop-order.ts';
import { afterWrite, wearOn, type Wear } from './wear.ts';

export interface SessionPorts extends DriverPorts {
  /** 0 ≤ n < 1. */
  random(): number;
  /** IANA zone of the site: starts and writes are counted by its days. */
  timeZone: string;
  onEvent(event: EngineEvent): void;
  /** A fresh reading is there. */
  onReading?(): void;
  /** Families this session may open; absent: all. */
  drivers?: Record<string, OpenMinerDriver>;
}

/** One load: reads it, carries out what it is told for as long as that is renewed, and sees to it that it obeys. */
export interface LoadSession {
  readonly id: string;
  /** What control may count on; undefined while the load cannot be commanded: then it is shown, never counted as ours. */
  model(): LoadModel | undefined;
  snapshot(): LoadSnapshot;
  reading(): Timed<LoadReading> | undefined;
  health(): DeviceHealth;
  counts(): { startsToday: number; writesToday: number };
  /** The load stops by itself when this program is gone. */
  hasLease(): boolean;
  /** False while it settled on something else than it was told. */
  obeys(): boolean;
  /** Wants the setpoint until then; afterwards, unless renewed, the load is made safe. 0 W is the safe state. */
  order(setpointW: number, leaseUntilMs: number): void;
  /** Stops the load whatever it was told, and tells whether it was seen to stand still before the signal. */
  makeSafe(signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

const SAFE_POLL_MS = 500;
const DISCOVER_AGAIN_MS = 30_000;
/** After two more tries (obedience.ts). */
const ALARM_TIME = 3;
const LEARN_AFTER_MS = 120_000;

export function openLoadSession(device: LoadDevice, ports: SessionPorts): LoadSession {
  const { clock } = ports;
  const open = (ports.drivers ?? minerDrivers)[device.family];
  const driver: MinerDriver | undefined = open?.(device, ports);
  const plug: Plug | undefined = openPlug(device, ports, ports.drivers ?? minerDrivers);
  const ending = new AbortController();
  const pollMs = device.pollS * 1000;

  const identity = watchIdentity(device);
  const gate = commandGate(ports.random);

  let nap = new AbortController();
  let link = newLink(clock.now());
  let model: LoadModel | undefined;
  /** Why it cannot be commanded although it answers. */
  let refusal: DeviceFault | undefined;
  let last: Timed<LoadReading> | undefined;
  let waiting: Timed<boolean> | undefined;
  let wanted: { setpointW: number; leaseUntilMs: number } | undefined;
  let asked: Asked | undefined;
  /** The device has taken what is asked; false: it must be told (again). */
  let carried = false;
  let carriedMs = 0;
  let renewedMs = 0;
  /** Its capabilities are to be asked (again), not before then. */
  let discoverAtMs: number | undefined = 0;
  /** An order came while the loop was busy. */
  let woken = false;
  /** How often in a row it settled on something else than asked. */
  let times = 0;
  let safe = false;
  let phase: StopPhase = { is: 'powered' };
  let watch = freshWatch;
  let curve: Curve = [];
  let calibration: Calibration = {};
  let wear: Wear | undefined;

  const say = (event: HealthEvent) => ports.onEvent({ ...event, atMs: clock.now(), subject: device.id });
  const freshMiner = () => (last && clock.now() - last.atMs <= Math.max(30_000, 3 * pollMs) ? last : undefined);
  const seenDraw = (): SeenDraw | undefined => {
    const plugged = plug?.draw(clock.now());
    const draw = bestDraw((plugged ? freshMiner() : last)?.value, plugged?.value, calibration, curve);
    return draw && { ...draw, atMs: plugged?.atMs ?? last?.atMs ?? 0 };
  };
  const seen = (): Seen => {
    const { hashrate, state } = freshMiner()?.value ?? {};
    const draw = seenDraw();
    const isFresh = draw !== undefined && clock.now() - draw.atMs <= Math.max(30_000, 3 * pollMs);
    return present<Seen>({
      hashrate,
      state,
      draw: isFresh ? draw.draw : undefined,
      drawSource: isFresh ? draw.drawSource : undefined,
    });
  };
  const fail = (fault: DeviceFault) => {
    link = linkFailed(link, fault, clock.now(), ports.random());
    // Who knows what it does when it comes back: the wanted state is asserted anew.
    if (isLost(link)) carried = false;
  };

  async function discover(): Promise<void> {
    if (discoverAtMs === undefined || clock.now() < discoverAtMs) return;
    const told = await driver?.capabilities(ending.signal);
    if (!told || ending.signal.aborted) return;
    const composed = told.outcome === 'ok' ? composeModel(device, told.value) : told;
    if (composed.outcome === 'ok') {
      model = composed.model;
      refusal = undefined;
      discoverAtMs = undefined;
      return;
    }
    discoverAtMs = clock.now() + DISCOVER_AGAIN_MS;
    if (refusal?.message !== composed.fault.message)
      say({ id: 'not-commandable', level: 'warn', message: composed.fault.message });
    refusal = composed.fault;
  }

  async function read(): Promise<boolean> {
    const startMs = performance.now();
    const result = await driver?.read(ending.signal);
    if (!result || ending.signal.aborted) return false;
    if (result.outcome === 'failed') {
      fail(result.fault);
      return false;
    }
    const other = identity.strangerIn(result.value);
    if (other) {
      fail(other);
      return false;
    }
    const back = isLost(link);
    const first = last === undefined;
    link = linkWorked(link, result.atMs, performance.now() - startMs);
    last = { value: result.value, atMs: result.atMs };
    const found = watchOver(watch, device.name, model, result.value, result.atMs);
    watch = found.watch;
    found.events.forEach(say);
    if (back || found.rebooted) {
      carried = false;
      discoverAtMs = 0;
    }
    if (found.restart && (asked?.levelW ?? 0) > 0) await driver?.restart?.(ending.signal);
    if (first && result.value.state === 'mining')
      say({ id: 'adopted', level: 'info', message: `${device.name} was found running and is taken over` });
    return true;
  }

  const wantedW = (nowMs: number) => (safe || !wanted || nowMs >= wanted.leaseUntilMs ? 0 : wanted.setpointW);

  async function obey(): Promise<void> {
    if (!model || !driver || identity.isStranger() || (!wanted && !safe)) return;
    const nowMs = clock.now();
    const levelW = levelAtOrBelow(model.levels, wantedW(nowMs));
    if (asked?.levelW !== levelW) {
      asked = { levelW, sinceMs: nowMs, fromW: seen().draw ?? asked?.levelW ?? 0 };
      carried = false;
      gate.clear();
      times = 0;
    }
    if (plug && levelW > 0 && phase.is === 'cut') await powerUp(plug);
    // A load whose supply is cut cannot be told; one that does not answer a question may still take a stop.
    if (phase.is === 'cut' || (link.failures > 0 && levelW > 0)) return;
    if (!carried && !gate.isOpen(nowMs)) return;
    const order = { setpointW: levelW, leaseUntilMs: wanted?.leaseUntilMs ?? nowMs };
    if (carried) return renew(order, model.deviceLeaseS);
    const done = await driver.command(order, ending.signal);
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
    const started = levelW > 0 && last?.value.state !== 'mining' && times === 0;
    wear = afterWrite(wearOn(wear, nowMs, ports.timeZone), started);
    ports.log.info({ load: device.id, levelW, wrote: done.value.wrote }, 'load commanded');
  }

  async function renew(order: LoadOrder, leaseS = Infinity): Promise<void> {
    const nowMs = clock.now();
    // At half of the lease, so that one lost answer does not stop the load.
    if (!driver?.renew || order.setpointW === 0 || nowMs - renewedMs < leaseS * 500) return;
    const renewed = await driver.renew(order, ending.signal);
    if (renewed.outcome === 'ok') renewedMs = nowMs;
  }

  /** By its off-timer, by hand, or before we came: the owner's word must do for its levels until it can be asked. */
  function plugFoundOff(): void {
    phase = { is: 'cut' };
    const composed = model ? undefined : composeModel(device, {});
    if (composed?.outcome === 'ok') model = composed.model;
  }

  async function powerUp(by: Plug): Promise<void> {
    if (!(await by.set(true, ending.signal))) return;
    phase = { is: 'powered' };
    carried = false;
    discoverAtMs = 0;
    link = newLink(clock.now());
  }

  async function verify(): Promise<void> {
    if (!model || !asked) return;
    const nowMs = clock.now();
    const verdict = judge(model, asked, seen(), nowMs);
    let force = false;
    if (verdict.is === 'obeys') {
      if (times >= ALARM_TIME)
        say({ id: 'obeys-again', level: 'info', message: `${device.name} does what it is told again` });
      times = 0;
      if (asked.levelW > 0 && nowMs - asked.sinceMs > LEARN_AFTER_MS) curve = learnFrom(curve, seen());
    }
    // A start that was never taken is no disobedience; a stop must be had whatever it says.
    if (verdict.is === 'disobeys' && (carried || asked.levelW === 0)) {
      const next = escalate(++times, asked, plug !== undefined);
      force = next === 'plug';
      if (times === ALARM_TIME) {
        const message = disobedience(device.name, asked, verdict.because, force ? 'cut' : plug ? 'plug' : 'none');
        say({ id: 'not-obeying', level: 'critical', message });
      }
      asked = { ...asked, sinceMs: nowMs };
      carried = false;
    }
    await switchPlug(force, nowMs);
  }

  /** Seen to stop after it was told to. */
  function stands(): boolean {
    if (!carried || !model || asked?.levelW !== 0 || !last || last.atMs < carriedMs) return false;
    return hasStopped(model, asked, seen());
  }

  async function switchPlug(force: boolean, nowMs: number): Promise<void> {
    if (!plug || !model) return;
    const run = wantedW(nowMs) > 0;
    const byPlug = !run && carried && driver?.stopsByPlug?.() === true;
    const wish = { run, cut: force || byPlug || plug.cutsStandby, force: force || byPlug };
    const next = nextStopPhase(phase, wish, model, seen(), nowMs);
    if (next.is === 'cut' && phase.is !== 'cut' && (await plug.set(false, ending.signal)) !== true) return;
    phase = next;
  }

  async function cycle(): Promise<void> {
    const startMs = clock.now();
    // The clock was set back: what was asked counts from now, else it would settle only when the hour has come again.
    if (asked && asked.sinceMs > startMs) asked = { ...asked, sinceMs: startMs };
    carriedMs = Math.min(carriedMs, startMs);
    renewedMs = Math.min(renewedMs, startMs);
    await plug?.poll(phase.is !== 'cut' && !isLost(link), ending.signal);
    const plugged = plug?.draw(clock.now());
    if (last && plugged && link.failures === 0) calibration = calibrate(calibration, last.value, plugged.value);
    if (plug?.isOn() === false && phase.is !== 'cut') plugFoundOff();
    // A load whose plug is off cannot answer.
    const answers = phase.is === 'cut' || (await read());
    if (answers && phase.is !== 'cut') await discover();
    const work = await driver?.waiting?.(ending.signal);
    waiting = work === undefined ? undefined : { value: work, atMs: clock.now() };
    await obey();
    await verify();
    ports.onReading?.();
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await cycle();
      } catch (error) {
        // A bug in a driver must not end the watch over a load.
        ports.log.error({ load: device.id, error }, 'load session');
        fail({
          kind: 'exception',
          message: `${device.name}: Spillway met a bug in its driver “${device.family}”; it goes on trying, please report it`,
        });
      }
      nap = new AbortController();
      if (woken) nap.abort();
      woken = false;
      const nowMs = clock.now();
      const backMs = link.failures > 0 ? Math.max(0, (link.nextTryMs ?? nowMs) - nowMs) : 0;
      const untilMs = safe ? SAFE_POLL_MS : Math.max(pollMs, backMs);
      await clock.sleep(untilMs, AbortSignal.any([nap.signal, ending.signal])).catch(() => undefined);
    }
  }

  if (!driver)
    fail({
      kind: 'unsupported',
      message: `${device.name}: there is no driver “${device.family}”; choose one of ${Object.keys(minerDrivers).join(', ')}`,
    });
  const running = driver ? run() : Promise.resolve();

  return {
    id: device.id,
    model: () => (model && !refusal ? sharpen(model, device, curve, calibration) : undefined),
    reading: () => last,
    snapshot: () => snapshotOf(last, seenDraw(), waiting),
    health: () => ({
      id: device.id,
      name: device.name,
      kind: 'load',
      family: device.family,
      roles: [],
      address: addressOf(device),
      ...linkHealth(link, pollMs, clock.now()),
      ...(link.failures === 0 ? present<Pick<DeviceHealth, 'fault'>>({ fault: refusal ?? gate.fault() }) : {}),
      ...(last?.value.model === undefined ? {} : { model: last.value.model }),
      ...(last?.value.firmware === undefined ? {} : { firmware: last.value.firmware }),
    }),
    counts() {
      const { starts, writes } = wearOn(wear, clock.now(), ports.timeZone);
      return { startsToday: starts, writesToday: writes };
    },
    hasLease: () => model?.deviceLeaseS !== undefined || plug?.leaseS !== undefined,
    obeys: () => times < ALARM_TIME,
    order(setpointW, leaseUntilMs) {
      const before = wantedW(clock.now());
      wanted = { setpointW, leaseUntilMs };
      if (wantedW(clock.now()) === before || (isLost(link) && setpointW > 0)) return;
      woken = true;
      nap.abort();
    },
    async makeSafe(signal) {
      safe = true;
      nap.abort();
      // A load that cannot be commanded was never started by us.
      while (!signal.aborted && driver && (model || !refusal)) {
        if (phase.is === 'cut' || stands()) return true;
        await clock.sleep(SAFE_POLL_MS / 5, signal).catch(() => undefined);
      }
      return !driver || (refusal !== undefined && !model);
    },
    async close() {
      ending.abort();
      await running;
      await driver?.close();
      await plug?.close();
    },
  };
}
