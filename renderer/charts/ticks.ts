const FIVE_MINUTES_MS = 300_000;

/** Full local times in [fromMs, toMs], every `stepMinutes` of the day, right on days of 23 and 25 hours too. */
export function timeTicks(fromMs: number, toMs: number, timeZone: string, stepMinutes: number): number[] {
  const parts = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const gridMs = Math.min(stepMinutes, 15) * 60_000;
  const ticks: number[] = [];
  let last = -1;
  for (let atMs = Math.ceil(fromMs / FIVE_MINUTES_MS) * FIVE_MINUTES_MS; atMs <= toMs; atMs += FIVE_MINUTES_MS) {
    if (atMs % gridMs !== 0) continue;
    const [hour = 0, minute = 0] = parts.format(atMs).split(':').map(Number);
    const ofDay = hour * 60 + minute;
    // The hour that comes twice in autumn gets one tick.
    if (ofDay % stepMinutes !== 0 || ofDay === last) continue;
    ticks.push(atMs);
    last = ofDay;
  }
  return ticks;
}
