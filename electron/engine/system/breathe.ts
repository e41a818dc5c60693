/** Lets timers and input have their turn: long work goes on in slices, and no tick waits for it. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
