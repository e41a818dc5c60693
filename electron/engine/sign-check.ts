import type { SignCheck } from '#shared/contract/engine.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';
import { beginSignCheck, signCheckStep, type SignCheckState } from '#engine/devices/commissioning.ts';
import type { Tick } from './loop.ts';

export interface SignChecker {
  cell: Cell<SignCheck>;
  start(nowMs: number): void;
  cancel(): void;
  watch(tick: Tick): void;
}

export interface SignCheckEnds {
  /** The direction is proven. */
  passed(): void;
  /** The meter hangs the other way round. */
  swap(): void;
}

/** Feeds the guided check from the ticks of the loop and acts on its verdict once. */
export function openSignCheck(ends: SignCheckEnds): SignChecker {
  const current = cell<SignCheck>({ phase: 'idle' });
  let state: SignCheckState | undefined;

  return {
    cell: current,
    start(nowMs) {
      state = beginSignCheck(nowMs);
      current.set(state.view);
    },
    cancel() {
      state = undefined;
      current.set({ phase: 'idle' });
    },
    watch({ atMs, snapshot }) {
      if (!state) return;
      const { import: imported, export: exported } = snapshot;
      const netW = imported && exported ? imported.value - exported.value : undefined;
      const next = signCheckStep(state, atMs, imported?.atMs ?? atMs, netW);
      if (next.view === state.view) return void (state = next);
      const { phase } = next.view;
      const over = phase !== 'baseline' && phase !== 'switch-on';
      state = over ? undefined : next;
      current.set(next.view);
      if (phase === 'right') ends.passed();
      if (phase === 'swapped') ends.swap();
    },
  };
}
