import { useEffect, useState } from 'react';
import type { Site } from '#shared/site.ts';

/** How long a change can be taken back with one click, ms. */
const UNDO_MS = 10_000;

/** The site as it was before the last change, for as long as going back to it is offered. */
export function useUndo(): [Site | undefined, (before: Site | undefined) => void] {
  const [before, setBefore] = useState<Site>();
  useEffect(() => {
    if (!before) return;
    const timer = setTimeout(setBefore, UNDO_MS, undefined);
    return () => clearTimeout(timer);
  }, [before]);
  return [before, setBefore];
}
