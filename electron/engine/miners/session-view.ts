import type { LoadSnapshot } from '#shared/control.ts';
import type { LoadDevice } from '#shared/device.ts';
import type { LoadReading, Timed } from '#shared/reading.ts';
import type { Draw } from './draw.ts';
import type { Asked } from './obedience.ts';

export type SeenDraw = Draw & { atMs: number };

/** The last reading as control takes it, each quantity with the instant it was measured at. */
export function snapshotOf(
  last: Timed<LoadReading> | undefined,
  draw: SeenDraw | undefined,
  waiting: Timed<boolean> | undefined,
): LoadSnapshot {
  const timed = <T>(of: T | undefined) => (of === undefined || !last ? undefined : { value: of, atMs: last.atMs });
  const value = last?.value ?? {};
  const snapshot = {
    draw: draw && { value: draw.draw, atMs: draw.atMs },
    drawSource: draw?.drawSource,
    hashrate: timed(value.hashrate),
    state: timed(value.state),
    temperature: timed(value.temperature),
    powerTarget: timed(value.powerTarget),
    acceptedShares: timed(value.acceptedShares),
    acceptedDifficulty: timed(value.acceptedDifficulty),
    shareDifficulty: timed(value.shareDifficulty),
    waiting,
  };
  return Object.fromEntries(Object.entries(snapshot).filter(([, of]) => of !== undefined));
}

export function addressOf({ connection }: LoadDevice): string {
  if ('host' in connection) return `${connection.host}:${connection.port}`;
  if ('url' in connection) return connection.url;
  if (connection.transport === 'process') return connection.start[0] ?? '';
  return 'path' in connection ? connection.path : `${connection.group}:${connection.port}`;
}

const ADVICE = {
  cut: 'its plug is switched off',
  plug: 'look at its own web page',
  none: 'look at its own web page, and put it on a switched plug so that it can be stopped',
};

export function disobedience(name: string, { levelW }: Asked, because: string, plug: keyof typeof ADVICE): string {
  const told = levelW === 0 ? 'to stop' : `to take ${Math.round(levelW)} W`;
  return `${name} was told ${told}, but ${because}; ${ADVICE[plug]}`;
}
