import { useEffect, useRef, useState } from 'react';
import type { headline } from './headline.ts';

/** A new sentence at most so often, ms; a guard speaks at once. */
const HOLD_MS = 5000;

type Head = ReturnType<typeof headline>;
const sentenceOf = (head: Head | undefined) => head?.load?.reason.id;

/** The newest headline, whose reason changes at a pace that can be read. */
export function useHeld(newest: Head | undefined): Head | undefined {
  const [held, setHeld] = useState(newest);
  const changedMs = useRef(0);
  const same = sentenceOf(held) === sentenceOf(newest);
  const atOnce = !newest || !held || newest.guarded;
  useEffect(() => {
    if (same) return;
    const waitMs = atOnce ? 0 : Math.max(0, changedMs.current + HOLD_MS - Date.now());
    const timer = setTimeout(() => {
      changedMs.current = Date.now();
      setHeld(newest);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [same, atOnce, newest]);
  return same || atOnce ? newest : held;
}
