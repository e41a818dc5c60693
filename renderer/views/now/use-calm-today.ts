import { useEffect, useRef, useState } from 'react';
import type { Streams } from '../../link/link.ts';
import { useShowable } from './use-live.ts';

/** A chart is drawn anew no more often than this, ms. */
const REDRAW_MS = 5000;

export function useCalmToday(): Streams['today'] | undefined {
  const newest = useShowable('today');
  const [held, setHeld] = useState(newest);
  const drawnMs = useRef(0);
  useEffect(() => {
    if (held === newest) return;
    const atOnce = !held || !newest || held.slots.length === 0;
    const waitMs = atOnce ? 0 : Math.max(0, drawnMs.current + REDRAW_MS - Date.now());
    const timer = setTimeout(() => {
      drawnMs.current = Date.now();
      setHeld(newest);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [held, newest]);
  return held;
}
