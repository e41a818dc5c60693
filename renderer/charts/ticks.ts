const HOUR_MS = 3_600_000;

/** Full local hours in [fromMs, toMs], every `stepHours`, right on days of 23 and 25 hours too. */
export function hourTicks(fromMs: number, toMs: number, timeZone: string, stepHours: number): number[] {
  const parts = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const ticks: number[] = [];
  let lastHour = -1;
  for (let atMs = Math.ceil(fromMs / (HOUR_MS / 4)) * (HOUR_MS / 4); atMs <= toMs; atMs += HOUR_MS / 4) {
    const [hour, minute] = parts.format(atMs).split(':').map(Number);
    // The hour that comes twice in autumn gets one tick.
    if (minute !== 0 || hour! % stepHours !== 0 || hour === lastHour) continue;
    ticks.push(atMs);
    lastHour = hour!;
  }
  return ticks;
}
