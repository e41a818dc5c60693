import type { Live } from '#shared/contract/engine.ts';
import type { Snapshot } from '#shared/control.ts';
import type { Tick } from './loop.ts';

/** The instant as the screen shows it. */
export function liveOf({ atMs, snapshot, decision }: Tick, problems: Live['problems']): Live {
  // A load that cannot be commanded is not ours: it has no decision, and its draw is in the demand.
  const loads = decision.loads.map(({ loadId }) => snapshot.loads[loadId]);
  const draws = loads.map((load) => load?.draw?.value);
  const hashrates = loads.flatMap((load) => (load?.hashrate ? [load.hashrate.value] : []));
  const drawW = draws.every((draw) => draw !== undefined) ? draws.reduce((sum, draw) => sum + draw, 0) : undefined;
  const unexplainedW = drawW === undefined ? undefined : unexplained(snapshot, drawW);
  return {
    atMs,
    snapshot,
    decision,
    problems,
    ...(snapshot.demand === undefined ? {} : { demandW: snapshot.demand.value }),
    ...(drawW === undefined ? {} : { drawW }),
    ...(hashrates.length === 0 ? {} : { hashrateThs: hashrates.reduce((sum, hashrate) => sum + hashrate, 0) }),
    ...(unexplainedW === undefined ? {} : { unexplainedW }),
  };
}

/** production + import + discharge − demand − draw − export − charge, W; undefined where a part is unknown. */
function unexplained(
  { production, import: imported, export: exported, charge, discharge, demand }: Snapshot,
  drawW: number,
) {
  if (!production || !demand) return undefined;
  const grid = imported && exported ? imported.value - exported.value : 0;
  const battery = charge && discharge ? discharge.value - charge.value : 0;
  return production.value + grid + battery - demand.value - drawW;
}
