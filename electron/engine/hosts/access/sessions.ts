import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Role } from '#shared/contract/access.ts';

/** One browser that was let in. The token is in its cookie and nowhere else: here is a hash of it. */
export const Session = z.strictObject({
  id: z.string(),
  hash: z.string(),
  role: Role,
  name: z.string(),
  createdMs: z.number(),
  seenMs: z.number(),
});
export type Session = z.infer<typeof Session>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Not used for so long, it is over. */
const IDLE_MS = 30 * DAY_MS;
/** However much it is used. */
const LONGEST_MS = 180 * DAY_MS;
/** The one that was not used for longest gives way. */
const MOST = 32;

export const expiryOf = ({ createdMs, seenMs }: Session): number => Math.min(seenMs + IDLE_MS, createdMs + LONGEST_MS);

export interface Sessions {
  /** @returns the token for the cookie */
  open(role: Role, name: string): string;
  /** The session of a token, unless it is over; it counts as used. */
  find(token: string): Session | undefined;
  isOpen(id: string): boolean;
  end(which: (session: Session) => boolean): void;
  list(): Session[];
  /** Told of each change; what it kept is given to `openSessions` after a restart. */
  onChange(listener: () => void): void;
}

/**
 * @param now wall clock, ms
 * @param random a fresh secret of at least 128 bits in URL-safe letters
 */
export function openSessions(kept: readonly Session[], now: () => number, random: () => string): Sessions {
  let sessions = [...kept];
  let changed = () => {};
  const isAlive = (session: Session) => now() < expiryOf(session);
  const set = (next: Session[]) => {
    sessions = next;
    changed();
  };

  return {
    open(role, name) {
      const token = random();
      const atMs = now();
      const session = { id: random(), hash: hashOf(token), role, name, createdMs: atMs, seenMs: atMs };
      const others = sessions.filter(isAlive).toSorted((a, b) => b.seenMs - a.seenMs);
      set([session, ...others].slice(0, MOST));
      return token;
    },
    find(token) {
      const hash = hashOf(token);
      // The hash of a guess tells nothing about the token, so an ordinary comparison gives nothing away.
      const found = sessions.find((session) => session.hash === hash);
      if (!found || !isAlive(found)) return undefined;
      if (now() - found.seenMs < HOUR_MS) return found;
      const seen = { ...found, seenMs: now() };
      set(sessions.map((session) => (session === found ? seen : session)));
      return seen;
    },
    isOpen: (id) => sessions.some((session) => session.id === id && isAlive(session)),
    end: (which) => set(sessions.filter((session) => !which(session))),
    list: () => sessions.filter(isAlive),
    onChange(listener) {
      changed = listener;
    },
  };
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
