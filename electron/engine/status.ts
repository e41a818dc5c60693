import type { EngineStatus, TrayState } from '#shared/contract/host.ts';
import type { Decision, Wish } from '#shared/control.ts';
import type { Snapshot } from '#shared/control.ts';

/** A load counts as running from here on: above the standby of any miner known. */
const RUNNING_W = 5;

/** What the tray shows. `keepAwake` is the owner's wish; the shell holds the machine awake only while a load runs. */
export function engineStatus(decision: Decision, snapshot: Snapshot, wish: Wish, keepAwake: boolean): EngineStatus {
  const running = decision.loads.filter((load) => load.setpointW > RUNNING_W && wish.mode !== 'observe');
  const draws = decision.loads.flatMap(({ loadId }) => snapshot.loads[loadId]?.draw?.value ?? []);
  const drawW = draws.reduce((sum, draw) => sum + draw, 0);
  const drawKnown = draws.length > 0;
  return {
    kind: 'status',
    trayState: trayState(decision, wish, running.length),
    ...(running.length > 0 && drawKnown ? { drawW } : {}),
    ...(decision.surplusW === undefined ? {} : { surplusW: decision.surplusW }),
    reason: decision.loads[0]?.reason.id ?? 'starting-up',
    loadsRunning: running.length,
    loadsStarting: running.filter(({ loadId }) => snapshot.loads[loadId]?.state?.value !== 'mining').length,
    mode: wish.mode,
    miningStopped: wish.stopped,
    keepAwake,
  };
}

/** Curtailed power that is worth showing as energy lost, W. */
const LOST_W = 50;

function trayState(decision: Decision, wish: Wish, running: number): TrayState {
  if (decision.loads.some(({ reason }) => ['not-obeying', 'too-hot', 'meter-stale'].includes(reason.id)))
    return 'attention';
  if (running > 0) return 'mining';
  if (wish.stopped || wish.mode === 'off') return 'off';
  return (decision.curtailedW ?? 0) > LOST_W ? 'curtailing' : 'idle';
}
