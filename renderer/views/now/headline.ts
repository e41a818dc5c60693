import type { ReasonId } from '#shared/control.ts';
import type { Streams } from '../../link/link.ts';

type Live = Streams['live'];
type LoadDecision = Live['decision']['loads'][number];

const speaksOfDraw: readonly ReasonId[] = ['mining-surplus', 'contracted'];

/** Which of many loads speaks for all: a guard first, else the one with most power, else the first. */
export function headline(live: Live): {
  load: LoadDecision | undefined;
  running: number;
  count: number;
  /** What the sentence names instead of the one load's power: the draw of all. */
  powerW?: number;
  guarded: boolean;
} {
  const { loads, guard } = live.decision;
  const running = loads.filter(({ setpointW }) => setpointW > 0);
  const strongest = running.toSorted((a, b) => b.setpointW - a.setpointW)[0];
  const load = loads.find(({ reason }) => reason.id === guard) ?? strongest ?? loads[0];
  const sum = running.length > 1 && load && speaksOfDraw.includes(load.reason.id) ? live.drawW : undefined;
  return {
    load,
    running: running.length,
    count: loads.length,
    guarded: guard !== undefined,
    ...(sum !== undefined && { powerW: sum }),
  };
}
