import type { LoadModel, LoadSnapshot } from '#shared/control.ts';
import type { EngineEvent, LearnedOfLoad } from '#shared/contract/engine.ts';
import type { DeviceHealth, LoadDevice } from '#shared/device.ts';
import type { LoadReading, Timed } from '#shared/reading.ts';
import { openAbility } from './ability.ts';
import { LEARN_AFTER_MS, openCommander } from './commander.ts';
import type { DriverPorts, MinerDriver, OpenMinerDriver } from './driver.ts';
import { present } from './fields.ts';
import type { HealthEvent } from './health.ts';
import { openLearned, type LoadMemory } from './learned.ts';
import { isLost, linkHealth } from './link.ts';
import { standbyLimitW } from './obedience.ts';
import { openPlug } from './plug.ts';
import { openReader } from './reader.ts';
import { minerDrivers } from './registry.ts';
import { sharpen } from './session-model.ts';
import { addressOf, snapshotOf } from './session-view.ts';
import { openSupply } from './supply.ts';

export interface SessionPorts extends DriverPorts {
  /** 0 ≤ n < 1. */
  random(): number;
  /** IANA zone of the site: starts and writes are counted by its days. */
  timeZone: string;
  /** Keeps what is learned over restarts; absent: it is learned anew. */
  memory?: LoadMemory;
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
  learned(): LearnedOfLoad;
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
/** So long after a command of ours a new uptime is no sign of trouble. */
const OWN_START_MS = 10 * 60_000;

export function openLoadSession(device: LoadDevice, ports: SessionPorts): LoadSession {
  const { clock, random } = ports;
  const drivers = ports.drivers ?? minerDrivers;
  const driver: MinerDriver | undefined = drivers[device.family]?.(device, ports);
  const plug = openPlug(device, ports, drivers);
  const ending = new AbortController();
  const pollMs = device.pollS * 1000;
  const say = (event: HealthEvent) => ports.onEvent({ ...event, atMs: clock.now(), subject: device.id });

  const learned = openLearned(device, ports);
  const ability = openAbility(device, driver, clock, say);
  const supply = openSupply(plug);
  const recentlyTold = () => clock.now() - (learned.wroteMs() ?? -Infinity) < OWN_START_MS;
  const reader = openReader({ device, driver, plug, learned, clock, random, model: ability.model, recentlyTold, say });
  const commander = openCommander({
    device,
    driver,
    clock,
    log: ports.log,
    random,
    ability,
    reader,
    supply,
    learned,
    hasPlug: plug !== undefined,
    say,
  });

  let nap = new AbortController();
  /** Ends a reading that would hold up an order to draw less. */
  let listening = new AbortController();
  /** An order came while the loop was busy. */
  let woken = false;
  let waiting: Timed<boolean> | undefined;

  /** @returns false where it did not answer */
  async function listen(): Promise<boolean> {
    listening = new AbortController();
    const heard = await reader.read(AbortSignal.any([listening.signal, ending.signal]));
    // Who knows what it does when it comes back: the wanted state is asserted anew.
    if (isLost(reader.link())) commander.again();
    if (!heard) return false;
    if (heard.forgot) {
      commander.again();
      ability.forget();
    }
    if (heard.hold) commander.hold(heard.hold);
    if (heard.poolAlive) commander.release('pool-dead');
    if (heard.restart && commander.runs()) await driver?.restart?.(ending.signal);
    return true;
  }

  /** The plug's figure beside the miner's own, once both have settled. */
  function compare(): void {
    const [model, last, plugged] = [ability.model(), reader.last(), plug?.draw(clock.now())];
    const changedMs = Math.max(reader.stateSinceMs(), learned.wroteMs() ?? 0);
    if (!model || !last || !plugged || reader.link().failures > 0 || clock.now() - changedMs < LEARN_AFTER_MS) return;
    learned.plugged(last.value, plugged.value, standbyLimitW(model));
  }

  async function cycle(): Promise<void> {
    commander.clockSetBack();
    if (await supply.poll(!isLost(reader.link()), ending.signal)) ability.assume();
    compare();
    // A load whose plug is off cannot answer.
    if (!supply.isCut() && (await listen())) await ability.ask(ending.signal);
    const work = await driver?.waiting?.(ending.signal);
    waiting = work === undefined ? undefined : { value: work, atMs: clock.now() };
    await commander.obey(ending.signal);
    await commander.verify(ending.signal);
    ports.onReading?.();
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await cycle();
      } catch (error) {
        // A bug in a driver must not end the watch over a load.
        ports.log.error({ load: device.id, error }, 'load session');
        reader.fail({
          kind: 'exception',
          message: `${device.name}: Spillway met a bug in its driver “${device.family}”; it goes on trying, please report it`,
        });
      }
      nap = new AbortController();
      if (woken) nap.abort();
      woken = false;
      const { failures, nextTryMs } = reader.link();
      const backMs = failures > 0 ? Math.max(0, (nextTryMs ?? 0) - clock.now()) : 0;
      const untilMs = commander.isSafe() ? SAFE_POLL_MS : Math.max(pollMs, backMs);
      await clock.sleep(untilMs, AbortSignal.any([nap.signal, ending.signal])).catch(() => undefined);
    }
  }

  if (!driver)
    reader.fail({
      kind: 'unsupported',
      message: `${device.name}: there is no driver “${device.family}”; choose one of ${Object.keys(minerDrivers).join(', ')}`,
    });
  const running = driver ? run() : Promise.resolve();

  /** One that is kept standing is not ours either, as soon as it stands. */
  const isOurs = () => !ability.refusal() && !(commander.heldBy() && commander.stands());

  return {
    id: device.id,
    model() {
      const model = ability.model();
      return model && isOurs() ? sharpen(model, device, learned.curve(), learned.calibration()) : undefined;
    },
    reading: () => reader.last(),
    snapshot: () => snapshotOf(reader.last(), reader.draw(), waiting),
    health() {
      const { model, firmware } = reader.last()?.value ?? {};
      const fault = ability.refusal() ?? commander.heldBy() ?? commander.refused();
      return {
        id: device.id,
        name: device.name,
        kind: 'load',
        family: device.family,
        roles: [],
        address: addressOf(device),
        ...linkHealth(reader.link(), pollMs, clock.now()),
        ...(reader.link().failures === 0 ? present<Pick<DeviceHealth, 'fault'>>({ fault }) : {}),
        ...present<Pick<DeviceHealth, 'model' | 'firmware'>>({ model, firmware }),
      };
    },
    counts: () => learned.counts(),
    learned() {
      const { factor: plugFactor, standbyW } = learned.calibration();
      return present<LearnedOfLoad>({ curve: [...learned.curve()], plugFactor, standbyW });
    },
    hasLease: () => ability.model()?.deviceLeaseS !== undefined || plug?.leaseS !== undefined,
    obeys: () => commander.obeys(),
    order(setpointW, leaseUntilMs) {
      const before = commander.wantedW();
      commander.order(setpointW, leaseUntilMs);
      if (commander.wantedW() === before || (isLost(reader.link()) && setpointW > 0)) return;
      woken = true;
      nap.abort();
      if (commander.wantedW() < before) listening.abort();
    },
    async makeSafe(signal) {
      commander.makeSafe();
      nap.abort();
      listening.abort();
      // A load that cannot be commanded was never started by us.
      const isOutOfReach = () => ability.refusal() !== undefined && !ability.model();
      while (!signal.aborted && driver && !isOutOfReach()) {
        if (supply.isCut() || commander.stands()) return true;
        await clock.sleep(SAFE_POLL_MS / 5, signal).catch(() => undefined);
      }
      return !driver || isOutOfReach();
    },
    async close() {
      ending.abort();
      await running;
      learned.save();
      await driver?.close();
      await plug?.close();
    },
  };
}
