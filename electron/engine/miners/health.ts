import type { LoadModel } from '#shared/control.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { LoadReading } from '#shared/reading.ts';
import { present } from './fields.ts';
import { hotC } from './heat.ts';

/** What the watch over one miner remembers between two readings. */
export interface Watch {
  shares?: Moment & { accepted: number };
  /** Mean time between accepted shares while all was well, ms. */
  shareEveryMs?: number;
  uptime?: number;
  /** Its fan was seen to turn; one in oil or behind a water block never does. */
  fanTurned?: boolean;
  fanStillMs?: number;
  poolDeadMs?: number;
  restarts: readonly number[];
  /** Ids of what was said and still holds. */
  said: readonly string[];
}
export const freshWatch: Watch = { restarts: [], said: [] };

export type HealthEvent = Pick<EngineEvent, 'id' | 'level' | 'message'>;
export interface Finding {
  watch: Watch;
  events: readonly HealthEvent[];
  /** Start the mining program anew: it hashes without ever finding a share. */
  restart: boolean;
  /** To be kept standing for its own good, or because it only burns power. */
  hold: HealthEvent | undefined;
  /** The mining program was started by something else; what it was told is forgotten. */
  rebooted: boolean;
}

/** A miner that must not run now is tried again after so long. */
export const HOLD_MS = 3_600_000;

/** No share in so many mean intervals has odds of e^-12 (ESP-Miner #1053: hashrate looks normal, shares stop). */
const FLAT_INTERVALS = 12;
const FLAT_LEAST_MS = 10 * 60_000;
const LOOP_WINDOW_MS = 3_600_000;
const LOOP_RESTARTS = 4;
/** A tachometer may miss a beat, and pools are changed over; so long it must last before the miner is stopped. */
const FAN_STILL_MS = 60_000;
const POOL_DEAD_MS = 5 * 60_000;

/** @param ours a start or a change of ours explains that its uptime began anew */
export function watchOver(
  watch: Watch,
  name: string,
  model: LoadModel | undefined,
  seen: LoadReading,
  nowMs: number,
  ours = false,
): Finding {
  const rebooted = seen.uptime !== undefined && watch.uptime !== undefined && seen.uptime + 5 < watch.uptime;
  const counted = rebooted && !ours ? [nowMs] : [];
  const restarts = [...watch.restarts, ...counted].filter((at) => nowMs - at < LOOP_WINDOW_MS);
  const shares = watchShares(rebooted ? {} : watch, seen, nowMs);
  const mines = seen.state === 'mining';
  const fanStillMs = mines && seen.fanRpm === 0 ? Math.min(watch.fanStillMs ?? nowMs, nowMs) : undefined;
  const poolDeadMs = mines && seen.poolAlive === false ? Math.min(watch.poolDeadMs ?? nowMs, nowMs) : undefined;
  const fanTurned = watch.fanTurned === true || (seen.fanRpm ?? 0) > 0;

  const flat: HealthEvent | undefined = shares.flat
    ? {
        id: 'shares-stopped',
        level: 'warn',
        message: `${name} hashes but finds no shares since ${minutes(shares.silentMs)} min; its mining program is restarted`,
      }
    : undefined;
  const loop: HealthEvent | undefined =
    counted.length > 0 && restarts.length >= LOOP_RESTARTS
      ? {
          id: 'restart-loop',
          level: 'warn',
          message: `${name} restarted ${restarts.length} times within an hour and is kept off for an hour; check its supply, its cooling and its log`,
        }
      : undefined;
  const fan: HealthEvent | undefined =
    fanTurned && since(fanStillMs, nowMs) >= FAN_STILL_MS
      ? {
          id: 'fan-stopped',
          level: 'critical',
          message: `${name} hashed while its fan stood still and is kept off for an hour; check the fan`,
        }
      : undefined;
  const pool: HealthEvent | undefined =
    since(poolDeadMs, nowMs) >= POOL_DEAD_MS
      ? {
          id: 'pool-dead',
          level: 'warn',
          message: `${name} reaches none of its pools, burns power for nothing and is kept off until it does, or for an hour; check its pools and the internet connection`,
        }
      : undefined;
  const now = [flat, loop, fan, pool, tooHot(name, model, seen)].filter((event) => event !== undefined);
  return {
    watch: present<Watch>({
      shares: shares.last,
      shareEveryMs: shares.everyMs,
      uptime: seen.uptime,
      fanTurned: fanTurned || undefined,
      fanStillMs,
      poolDeadMs,
      restarts,
      said: now.map((event) => event.id),
    }),
    events: now.filter((event) => !watch.said.includes(event.id)),
    restart: shares.flat && !watch.said.includes('shares-stopped'),
    hold: fan ?? loop ?? pool,
    rebooted,
  };
}

const since = (atMs: number | undefined, nowMs: number) => (atMs === undefined ? -1 : nowMs - atMs);
const minutes = (ms: number) => Math.round(ms / 60_000);

function watchShares(watch: Pick<Watch, 'shares' | 'shareEveryMs'>, seen: LoadReading, nowMs: number) {
  const { shares: last, shareEveryMs: everyMs } = watch;
  if (seen.state !== 'mining' || seen.acceptedShares === undefined) return { everyMs, flat: false, silentMs: 0 };
  const here = { accepted: seen.acceptedShares, atMs: nowMs, uptime: seen.uptime };
  if (!last || here.accepted < last.accepted) return { last: here, everyMs, flat: false, silentMs: 0 };
  const silentMs = elapsedMs(last, here);
  if (here.accepted === last.accepted) {
    const flat = everyMs !== undefined && silentMs > Math.max(FLAT_LEAST_MS, FLAT_INTERVALS * everyMs);
    return { last, everyMs, flat, silentMs };
  }
  const one = silentMs / (here.accepted - last.accepted);
  return { last: here, everyMs: everyMs === undefined ? one : everyMs + 0.1 * (one - everyMs), flat: false, silentMs };
}

type Moment = { atMs: number; uptime: number | undefined };

/** By the miner's own clock where it tells it: ours may have been set, or have slept. */
const elapsedMs = (from: Moment, to: Moment): number =>
  from.uptime !== undefined && to.uptime !== undefined && to.uptime >= from.uptime
    ? (to.uptime - from.uptime) * 1000
    : Math.max(0, to.atMs - from.atMs);

function tooHot(name: string, model: LoadModel | undefined, seen: LoadReading): HealthEvent | undefined {
  const { warnC, stopC } = hotC(model, seen.draw);
  if (seen.temperature === undefined || seen.temperature < warnC) return undefined;
  return {
    id: 'hot',
    level: 'warn',
    message: `${name} is at ${Math.round(seen.temperature)} °C and is stopped above ${stopC} °C; give it cooler air or a lower level`,
  };
}
