import { createHash, timingSafeEqual } from 'node:crypto';
import type { RemoteRole } from '#shared/contract/access.ts';

/** Long enough to find the phone. */
const VALID_MS = 5 * 60_000;

export interface Pairing {
  /** A token that lets one device in; the one before is void. */
  offer(role: RemoteRole): { token: string; untilMs: number };
  /** @returns what it lets its bearer be; undefined: wrong, used or too old */
  redeem(token: string): RemoteRole | undefined;
}

/** @param now wall clock, ms @param random a fresh secret of at least 128 bits in URL-safe letters */
export function openPairing(now: () => number, random: () => string): Pairing {
  let offered: { hash: Buffer; role: RemoteRole; untilMs: number } | undefined;
  return {
    offer(role) {
      const token = random();
      offered = { hash: hashOf(token), role, untilMs: now() + VALID_MS };
      return { token, untilMs: offered.untilMs };
    },
    redeem(token) {
      if (!offered || now() >= offered.untilMs || !timingSafeEqual(offered.hash, hashOf(token))) return undefined;
      const { role } = offered;
      offered = undefined;
      return role;
    },
  };
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
