import type { LoadModel } from '#shared/control.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { LoadReading } from '#shared/reading.ts';

/** What the watch over one miner remembers between two readings. */
export interface Watch {
  shares?: { accepted: number; atMs: number; uptime: number };
  /** Mean time between accepted shares while all was well, ms. */
  shareEveryMs?: number;
  uptime?: number;
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
  /** The mining program was started by something else; what it was told is forgotten. */
  rebooted: boolean;
}

/** No share in so many mean intervals has odds of e^-12 (ESP-Miner #1053: hashrate looks normal, shares stop). */
const FLAT_INTERVALS = 12;
const FLAT_LEAST_MS = 10 * 60_000;
const LOOP_WINDOW_MS = 3_600_000;
const LOOP_RESTARTS = 4;
// Firmware protects itself later: AxeOS at 75 °C chip, most ASICs at 85-95 °C board.
const HOT_C = { small: 72, large: 88 };

export function watchOver(
  watch: Watch,
  name: string,
  model: LoadModel | undefined,
  seen: LoadReading,
  nowMs: number,
): Finding {
  const rebooted = seen.uptime !== undefined && watch.uptime !== undefined && seen.uptime + 5 < watch.uptime;
  const restarts = [...watch.restarts, ...(rebooted ? [nowMs] : [])].filter((at) => nowMs - at < LOOP_WINDOW_MS);
  const shares = watchShares(rebooted ? {} : watch, seen, nowMs);
  const found: (HealthEvent | undefined)[] = [
    shares.flat
      ? {
          id: 'shares-stopped',
          level: 'warn',
          message: `${name} hashes but finds no shares since ${minutes(shares.silentMs)} min; its mining program is restarted`,
        }
      : undefined,
    restarts.length >= LOOP_RESTARTS
      ? {
          id: 'restart-loop',
          level: 'warn',
          message: `${name} restarted ${restarts.length} times within an hour; check its supply, its cooling and its log`,
        }
      : undefined,
    tooHot(name, model, seen),
    seen.state === 'mining' && seen.fanRpm === 0
      ? {
          id: 'fan-stopped',
          level: 'critical',
          message: `${name} hashes while its fan stands still; switch it off and check the fan`,
        }
      : undefined,
    seen.state === 'mining' && seen.poolAlive === false
      ? {
          id: 'pool-dead',
          level: 'warn',
          message: `${name} reaches none of its pools and burns power for nothing; check its pools and the internet connection`,
        }
      : undefined,
  ];
  const now = found.filter((event) => event !== undefined);
  return {
    watch: {
      ...(shares.last ? { shares: shares.last } : {}),
      ...(shares.everyMs === undefined ? {} : { shareEveryMs: shares.everyMs }),
      ...(seen.uptime === undefined ? {} : { uptime: seen.uptime }),
      restarts,
      said: now.map((event) => event.id),
    },
    events: now.filter((event) => !watch.said.includes(event.id)),
    restart: shares.flat && !watch.said.includes('shares-stopped'),
    rebooted,
  };
}

const minutes = (ms: number) => Math.round(ms / 60_000);

function watchShares(watch: Pick<Watch, 'shares' | 'shareEveryMs'>, seen: LoadReading, nowMs: number) {
  const { shares: last, shareEveryMs: everyMs } = watch;
  if (seen.state !== 'mining' || seen.acceptedShares === undefined) return { everyMs, flat: false, silentMs: 0 };
  const here = { accepted: seen.acceptedShares, atMs: nowMs, uptime: seen.uptime ?? 0 };
  if (!last || here.accepted < last.accepted) return { last: here, everyMs, flat: false, silentMs: 0 };
  const silentMs = nowMs - last.atMs;
  if (here.accepted === last.accepted) {
    const flat = everyMs !== undefined && silentMs > Math.max(FLAT_LEAST_MS, FLAT_INTERVALS * everyMs);
    return { last, everyMs, flat, silentMs };
  }
  const one = silentMs / (here.accepted - last.accepted);
  return { last: here, everyMs: everyMs === undefined ? one : everyMs + 0.1 * (one - everyMs), flat: false, silentMs };
}

function tooHot(name: string, model: LoadModel | undefined, seen: LoadReading): HealthEvent | undefined {
  const small = (seen.draw ?? Infinity) < 150;
  const limitC = model?.maxTemperatureC ?? (small ? HOT_C.small : HOT_C.large);
  if (seen.temperature === undefined || seen.temperature < limitC) return undefined;
  return {
    id: 'hot',
    level: 'warn',
    message: `${name} is at ${Math.round(seen.temperature)} °C, its limit is ${limitC} °C; give it cooler air or a lower level`,
  };
}
