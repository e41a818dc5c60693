/** Lets timers and input have their turn: long work goes on in slices, and no tick waits for it. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Less than a tick can wait without being late. */
const SLICE_MS = 10;

/** For work of many small steps: asked between two of them, it gives the others their turn once a slice is over. */
export function slices(): () => Promise<void> | undefined {
  let untilMs = performance.now() + SLICE_MS;
  return () => {
    if (performance.now() < untilMs) return undefined;
    return breathe().then(() => void (untilMs = performance.now() + SLICE_MS));
  };
}
