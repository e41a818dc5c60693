import { isIPv6 } from 'node:net';

/** So many wrong passwords are a slip of the hand. */
const FREE_TRIES = 5;
/** From all addresses together: whoever owns the network has many. */
const FREE_TRIES_OF_ALL = 30;
const LONGEST_MS = 15 * 60_000;
/** As long without a try, and the count begins anew. */
const FORGET_MS = 60 * 60_000;
const MOST_ADDRESSES = 1000;

interface Tries {
  count: number;
  lastMs: number;
  untilMs: number;
}

export interface LoginLimit {
  /** Counts one try. @returns how long to wait before the next is looked at, ms; 0: this one is */
  take(address: string, nowMs: number): number;
  /** The password was right. */
  succeeded(address: string): void;
}

/** After the free tries each further one costs twice the wait of the one before: 1 s, 2 s … 15 min. Pure. */
export function loginLimit(): LoginLimit {
  const addresses = new Map<string, Tries>();
  let all: Tries = { count: 0, lastMs: 0, untilMs: 0 };

  const next = (before: Tries | undefined, free: number, nowMs: number): Tries => {
    const count = before && nowMs - before.lastMs < FORGET_MS ? before.count + 1 : 1;
    const waitMs = count <= free ? 0 : Math.min(1000 * 2 ** (count - free - 1), LONGEST_MS);
    return { count, lastMs: nowMs, untilMs: nowMs + waitMs };
  };

  return {
    take(given, nowMs) {
      const address = networkOf(given);
      const own = addresses.get(address);
      const waitMs = Math.max(own?.untilMs ?? 0, all.untilMs) - nowMs;
      if (waitMs > 0) return waitMs;
      all = next(all, FREE_TRIES_OF_ALL, nowMs);
      addresses.delete(address);
      addresses.set(address, next(own, FREE_TRIES, nowMs));
      const [oldest] = addresses.keys();
      if (addresses.size > MOST_ADDRESSES && oldest !== undefined) addresses.delete(oldest);
      return 0;
    },
    succeeded(address) {
      addresses.delete(networkOf(address));
      all = { ...all, count: Math.max(0, all.count - 1) };
    },
  };
}

/** One computer has as many IPv6 addresses as it likes, all of one /64. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  return [...groups, '0', '0', '0', '0'].slice(0, 4).join(':');
}
