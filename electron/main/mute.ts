const HOUR_MS = 3_600_000;

export type MuteEnd = 'hour' | 'tomorrow' | 'off';

/** When a mute that begins now ends. Pure. */
export function muteEndMs(until: MuteEnd, now: Date): number {
  if (until === 'off') return 0;
  if (until === 'hour') return now.getTime() + HOUR_MS;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
}
