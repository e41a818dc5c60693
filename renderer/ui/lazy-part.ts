import { lazy, type ComponentType } from 'react';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** A part of the page in a file of its own, asked for until it comes: the host may be away just then. */
export const lazyPart = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        return { default: await load() };
      } catch {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  });
