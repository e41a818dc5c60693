import type { LoadModel, LoadSnapshot } from '#shared/control.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { DeviceFault, DeviceHealth, LoadDevice } from '#shared/device.ts';
import type { LoadReading, Timed } from '#shared/reading.ts';
import { learn, type Curve } from './curve.ts';
import { bestDraw, calibrate, type Calibration } from './draw.ts';
import type { DriverPorts, LoadOrder, MinerDriver, OpenMinerDriver } from './driver.ts';
import { freshWatch, watchOver, type HealthEvent } from './health.ts';
import { levelAtOrBelow } from './levels.ts';
import { isLost, linkFailed, linkHealth, linkWorked, newLink } from './link.ts';
import { escalate, judge, type Asked, type Seen } from './obedience.ts';
import { openPlug, type Plug } from './plug.ts';
import { minerDrivers } from './registry.ts';
import { composeModel, sharpen } from './session-model.ts';
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
  /** The whole of the last reading. */
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
/** Settled for this long, a point belongs to the curve. */
const LEARN_AFTER_MS = 120_000;

export function openLoadSession(device: LoadDevice, ports: SessionPorts): LoadSession {
  const { clock } = ports;
  const open = (ports.drivers ?? minerDrivers)[device.family];
  const driver: MinerDriver | undefined = open?.(device, ports);
  const plug: Plug | undefined = openPlug(device, ports, ports.drivers ?? minerDrivers);
  const ending = new AbortController();
  const pollMs = device.pollS * 1000;

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
  let renewedMs = 0;
  let discoverAtMs = 0;
  /** Seen to stand still after it was told to. */
  let stands = false;
  /** How often in a row it settled on something else than asked. */
  let times = 0;
  let safe = false;
  let phase: StopPhase = { is: 'powered' };
  let watch = freshWatch;
  let curve: Curve = [];
  let calibration: Calibration = {};
  let wear: Wear | undefined;

  const say = (event: HealthEvent) => ports.onEvent({ ...event, atMs: clock.now(), subject: device.id });
  const seen = (): Seen => {
    const nowMs = clock.now();
    const miner = last && nowMs - last.atMs <= Math.max(30_000, 3 * pollMs) ? last.value : undefined;
    const draw = bestDraw(miner, plug?.drawW(nowMs), calibration, curve);
    const { draw: _draw, drawSource: _source, ...rest } = miner ?? {};
    return { ...rest, ...draw };
  };
  const fail = (fault: DeviceFault) => {
    link = linkFailed(link, fault, clock.now(), ports.random());
    // Who knows what it does when it comes back: the wanted state is asserted anew.
    if (isLost(link)) carried = false;
  };

  async function discover(): Promise<void> {
    if (clock.now() < discoverAtMs) return;
    const told = await driver?.capabilities(ending.signal);
    if (!told || ending.signal.aborted) return;
    const composed = told.outcome === 'ok' ? composeModel(device, told.value) : told;
    if (composed.outcome === 'ok') {
      model = composed.model;
      refusal = undefined;
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
    const back = isLost(link);
    const first = last === undefined;
    link = linkWorked(link, result.atMs, performance.now() - startMs);
    last = { value: result.value, atMs: result.atMs };
    const found = watchOver(watch, device.name, model, result.value, result.atMs);
    watch = found.watch;
    found.events.forEach(say);
    if (back || found.rebooted) {
      carried = false;
      model = undefined;
    }
    if (found.restart && (asked?.levelW ?? 0) > 0) await driver?.restart?.(ending.signal);
    if (first && result.value.state === 'mining')
      say({ id: 'adopted', level: 'info', message: `${device.name} was found running and is taken over` });
    return true;
  }

  const wantedW = (nowMs: number) => (safe || !wanted || nowMs >= wanted.leaseUntilMs ? 0 : wanted.setpointW);

  async function obey(): Promise<void> {
    if (!model || !driver || (!wanted && !safe)) return;
    const nowMs = clock.now();
    const levelW = levelAtOrBelow(model.levels, wantedW(nowMs));
    if (asked?.levelW !== levelW) {
      asked = { levelW, sinceMs: nowMs, fromW: seen().draw ?? asked?.levelW ?? 0 };
      carried = false;
      times = 0;
    }
    if (plug && levelW > 0 && phase.is === 'cut') await powerUp(plug);
    // A load whose supply is cut, or that is away, cannot be told.
    if (phase.is === 'cut' || link.failures > 0) return;
    const order = { setpointW: levelW, leaseUntilMs: wanted?.leaseUntilMs ?? nowMs };
    if (carried) return renew(order, model.deviceLeaseS);
    const done = await driver.command(order, ending.signal);
    if (done.outcome === 'failed') {
      if (link.fault?.message !== done.fault.message)
        say({ id: 'command-failed', level: 'warn', message: done.fault.message });
      return fail(done.fault);
    }
    carried = done.value.unfinished !== true;
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

  async function powerUp(by: Plug): Promise<void> {
    if (!(await by.set(true, ending.signal))) return;
    phase = { is: 'powered' };
    carried = false;
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
      stands = asked.levelW === 0;
      if (asked.levelW > 0 && nowMs - asked.sinceMs > LEARN_AFTER_MS) learnFrom(seen());
    } else stands = false;
    if (verdict.is === 'disobeys') {
      const next = escalate(++times, asked, plug !== undefined);
      force = next === 'plug';
      if (times === ALARM_TIME) {
        const what = `${device.name} was told ${told(asked)}, but ${verdict.because}`;
        const then = force ? 'its plug is switched off' : advice(plug);
        say({ id: 'not-obeying', level: 'critical', message: `${what}; ${then}` });
      }
      asked = { ...asked, sinceMs: nowMs };
      carried = false;
    }
    await switchPlug(force, nowMs);
  }

  function learnFrom({ draw, drawSource, hashrate }: Seen) {
    if (drawSource !== 'estimated' && draw !== undefined && hashrate !== undefined)
      curve = learn(curve, draw, hashrate);
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
    await plug?.poll(phase.is !== 'cut' && !isLost(link), ending.signal);
    const plugW = plug?.drawW(clock.now());
    if (last && plugW !== undefined && link.failures === 0) calibration = calibrate(calibration, last.value, plugW);
    // A load whose plug is off cannot answer.
    const answers = phase.is === 'cut' || (await read());
    if (answers && !model) await discover();
    const work = await driver?.waiting?.(ending.signal);
    waiting = work === undefined ? undefined : { value: work, atMs: clock.now() };
    await obey();
    await verify();
    ports.onReading?.();
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await cycle();
      nap = new AbortController();
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
    model: () => model && sharpen(model, device, curve, calibration),
    reading: () => last,
    snapshot: () => ({ ...snapshotOf(last, seen()), ...(waiting ? { waiting } : {}) }),
    health: () => ({
      id: device.id,
      name: device.name,
      kind: 'load',
      family: device.family,
      roles: [],
      address: addressOf(device),
      ...linkHealth(link, pollMs, clock.now()),
      ...(link.failures === 0 && refusal ? { fault: refusal } : {}),
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
      if (wantedW(clock.now()) !== before && !isLost(link)) nap.abort();
    },
    async makeSafe(signal) {
      safe = true;
      nap.abort();
      // A load that cannot be commanded was never started by us.
      while (!signal.aborted && driver && !(refusal && !model)) {
        if (phase.is === 'cut' || (carried && stands)) return true;
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

const told = ({ levelW }: Asked) => (levelW === 0 ? 'to stop' : `to take ${Math.round(levelW)} W`);
const advice = (plug: Plug | undefined) =>
  plug
    ? 'look at its own web page'
    : 'look at its own web page, and put it on a switched plug so that it can be stopped';

function snapshotOf(last: Timed<LoadReading> | undefined, { draw, drawSource }: Seen): LoadSnapshot {
  if (!last) return {};
  const { atMs, value } = last;
  const timed = <T>(of: T | undefined) => (of === undefined ? undefined : { value: of, atMs });
  const snapshot = {
    draw: timed(draw),
    drawSource,
    hashrate: timed(value.hashrate),
    state: timed(value.state),
    temperature: timed(value.temperature),
    powerTarget: timed(value.powerTarget),
  };
  return Object.fromEntries(Object.entries(snapshot).filter(([, of]) => of !== undefined));
}

function addressOf({ connection }: LoadDevice): string {
  if ('host' in connection) return `${connection.host}:${connection.port}`;
  if ('url' in connection) return connection.url;
  if (connection.transport === 'process') return connection.start[0] ?? '';
  return 'path' in connection ? connection.path : `${connection.group}:${connection.port}`;
}
