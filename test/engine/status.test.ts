import { expect, it } from 'vitest';
import type { LoadState } from '#shared/reading.ts';
import { engineStatus } from '#engine/status.ts';
import { worldOf } from '../support/fixture/scenes.ts';

const { live, status } = worldOf('normal');
const [first] = live.decision.loads;

it.each<[string, number, LoadState | undefined, 'surplus' | 'observe', { running: number; starting: number }]>([
  ['works', 900, 'mining', 'surplus', { running: 1, starting: 0 }],
  ['was told to run and starts', 900, 'starting', 'surplus', { running: 1, starting: 1 }],
  ['was told to run and still rests', 900, 'paused', 'surplus', { running: 1, starting: 1 }],
  ['was told to run and says nothing', 900, undefined, 'surplus', { running: 1, starting: 1 }],
  ['rests', 0, 'paused', 'surplus', { running: 0, starting: 0 }],
  ['would run, were it not only observed', 900, 'paused', 'observe', { running: 0, starting: 0 }],
])('a load that %s', (_, setpointW, state, mode, { running, starting }) => {
  const decision = { ...live.decision, loads: [{ ...first!, setpointW }] };
  const told = state === undefined ? {} : { state: { value: state, atMs: live.atMs } };
  const snapshot = { ...live.snapshot, loads: { [first!.loadId]: told } };
  expect(engineStatus(decision, snapshot, { ...status.wish, mode }, true)).toMatchObject({
    loadsRunning: running,
    loadsStarting: starting,
  });
});
