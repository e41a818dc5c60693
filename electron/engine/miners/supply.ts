import type { LoadModel } from '#shared/control.ts';
import type { Seen } from './obedience.ts';
import type { Plug } from './plug.ts';
import { nextStopPhase, type StopPhase } from './stop-order.ts';

/** The supply of one load, where a switched plug is in front of it. */
export function openSupply(plug: Plug | undefined) {
  let phase: StopPhase = { is: 'powered' };
  const isCut = () => phase.is === 'cut';
  return {
    isCut,
    /** @returns true where the plug was found off: by its off-timer, by hand, or before we came */
    async poll(renew: boolean, signal: AbortSignal): Promise<boolean> {
      await plug?.poll(renew && !isCut(), signal);
      if (plug?.isOn() !== false || isCut()) return false;
      phase = { is: 'cut' };
      return true;
    },
    /** @returns true where it was off and is on now */
    async up(signal: AbortSignal): Promise<boolean> {
      if (!plug || !isCut() || !(await plug.set(true, signal))) return false;
      phase = { is: 'powered' };
      return true;
    },
    /** One step towards a cut supply where that is wanted, never on a load that hashes unless it must be. */
    async follow(
      wish: { run: boolean; must: boolean },
      model: LoadModel,
      seen: Seen,
      nowMs: number,
      signal: AbortSignal,
    ): Promise<void> {
      if (!plug) return;
      const next = nextStopPhase(
        phase,
        { run: wish.run, cut: wish.must || plug.cutsStandby, force: wish.must },
        model,
        seen,
        nowMs,
      );
      if (next.is === 'cut' && !isCut() && !(await plug.set(false, signal))) return;
      phase = next;
    },
  };
}

export type Supply = ReturnType<typeof openSupply>;
