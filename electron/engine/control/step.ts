import type { Command, Decision, LoadDecision, LoadModel, StepInput } from '#shared/control.ts';
import { displacedBy, servingOrder } from './allocate.ts';
import { boostNow, boostOf, boostTold } from './boost.ts';
import { contractedW, localTime } from './calendar.ts';
import type { Tick } from './context.ts';
import { judgeWorth, worthwhileW } from './economics.ts';
import { watchSky } from './forecast.ts';
import { gridExcess, isTickGap, loadGuard, shed, siteGuard } from './guard.ts';
import { curtailmentCause, estimatePotential, followLag, meterProbe, noteBound } from './hidden-surplus.ts';
import { holdIdle, holdRunning, minimumRun } from './hold.ts';
import { ladderOf, verdict, wholeW, type Verdict } from './reasons.ts';
import { reserveFor } from './reserve.ts';
import { drawAt, levelAtMost, minLevelW } from './response.ts';
import { priceStart, watchSpells } from './spells.ts';
import { initialTrack, type ControlState, type LoadTrack } from './state.ts';
import { viewSite } from './surplus.ts';
import { ageLimitMs } from './validity.ts';
import { command, commit, reconcile } from './write.ts';

export { initialState, type ControlState } from './state.ts';

export interface StepResult {
  state: ControlState;
  commands: Command[];
  decision: Decision;
}

/** One tick: surplus, reserve, economics, allocate, hold, and guards last. Consumes `state`: keep the returned one. */
export function step(state: ControlState, input: StepInput): StepResult {
  const tick = beginTick(state, input);
  const { wish, snapshot } = input;
  const gap = state.lastTickMs >= 0 && isTickGap(tick.nowMs - state.lastTickMs, input.periodMs ?? 1000);
  const guard = siteGuard(tick, gap);
  const excess = gridExcess(tick);
  const commands: Command[] = [];
  const loads: LoadDecision[] = [];
  const outs: Verdict[] = [];
  let aheadW = 0;
  const aheads: number[] = [];
  for (const load of tick.order) {
    const track = state.loads[load.id] ?? initialTrack(tick.nowMs);
    aheads.push(aheadW);
    const out = decide(tick, load, track, aheadW + sparedBehindW(tick, load, track, aheadW), guard);
    outs.push(out);
    aheadW += Math.max(out.setpointW, track.setpointW > 0 ? drawAt(load, track, tick.nowMs + 2000) : 0);
  }
  // The last served gives way first when a fuse or the import limit is passed.
  for (let i = tick.order.length - 1; excess !== undefined && i >= 0; i -= 1) {
    const load = tick.order[i] as LoadModel;
    const track = state.loads[load.id] as LoadTrack;
    const less = shed(
      load,
      Math.min(outs[i]?.setpointW ?? 0, track.setpointW || Infinity),
      drawAt(load, track, tick.nowMs),
      excess,
    );
    if (less !== undefined) outs[i] = { ...(outs[i] as Verdict), ...less, allowanceW: 0 };
  }
  for (let i = 0; i < tick.order.length; i += 1) {
    const load = tick.order[i] as LoadModel;
    const track = state.loads[load.id] as LoadTrack;
    let out = outs[i] as Verdict;
    if (wish.mode === 'observe') out = observed(tick, load, out);
    const again = commit(tick, load, track, out, snapshot.loads[load.id]);
    if (wish.mode !== 'observe') command(tick, load, track, out, again, commands);
    const surplusW =
      tick.spendableW === undefined ? undefined : Math.max(0, tick.spendableW + boostOf(tick.boost, load.id));
    const reserveW = tick.reserve.baseW + tick.reserve.raiseW;
    const fitW = levelAtMost(load, (surplusW ?? 0) - tick.reserve.baseW - (aheads[i] ?? 0));
    loads.push({
      loadId: load.id,
      setpointW: out.setpointW,
      reason: out.reason,
      ladder: ladderOf(surplusW, reserveW, aheads[i] ?? 0, fitW, out),
      ...(out.raiseAtMs === undefined ? {} : { raiseAtMs: out.raiseAtMs }),
      ...(out.stopAtMs === undefined ? {} : { stopAtMs: out.stopAtMs }),
      ...(out.allowanceW > 0 ? { allowanceW: out.allowanceW } : {}),
    });
  }
  state.lastTickMs = tick.nowMs;
  return { state, commands, decision: describe(tick, loads, guard?.id) };
}

/**
 * A load that modulates gives way, above its minimum, to running loads behind it that can only switch: the same watts are
 * mined and no start is worn.
 */
function sparedBehindW(tick: Tick, load: LoadModel, track: LoadTrack, aheadW: number): number {
  if (load.levels.kind !== 'range' || track.setpointW === 0 || tick.order.length < 2) return 0;
  let behindW = 0;
  let behind = false;
  for (const other of tick.order) {
    if (behind && other.levels.kind === 'steps') behindW += tick.state.loads[other.id]?.setpointW ?? 0;
    behind ||= other === load;
  }
  const spareW = (tick.spendableW ?? 0) - aheadW - tick.reserve.baseW - tick.reserve.lowerW - minLevelW(load);
  return Math.min(behindW, Math.max(0, spareW));
}

function beginTick(state: ControlState, input: StepInput): Tick {
  const { tickMs, settings, market } = input;
  const dtS = state.lastTickMs < 0 ? 0 : Math.max(0, Math.min(600_000, tickMs - state.lastTickMs)) / 1000;
  const local = localTime(tickMs, settings.timeZone);
  for (const load of input.loads) {
    const track = (state.loads[load.id] ??= initialTrack(tickMs));
    if (track.day !== local.day) {
      track.day = local.day;
      track.starts = 0;
      track.writes = 0;
    }
    reconcile(load, track, input.snapshot.loads[load.id], tickMs);
  }
  const view = viewSite(state, input);
  if (view.surplusW !== undefined) watchSky(state.sky, view.surplusW, view.productionW, view.atMs);
  const kept = Math.exp(-dtS / 86_400);
  state.drawnWs = state.drawnWs * kept + view.drawW * dtS;
  // What a boost takes from the battery was asked for.
  const unaskedW = input.wish.mode === 'boost' ? 0 : Math.min(view.drawW, view.dischargeW);
  state.batteryFedWs = state.batteryFedWs * kept + unaskedW * dtS;
  followLag(state.probe, view);
  const cause = view.surplusW === undefined ? undefined : curtailmentCause(state, view, input);
  state.curtailmentCause = cause ?? 'none';
  if (cause === undefined) state.curtailedSinceMs = -1;
  else if (state.curtailedSinceMs < 0) state.curtailedSinceMs = tickMs;
  if (cause !== undefined) state.curtailedAtMs = tickMs;
  noteBound(state, view, cause !== undefined);
  meterProbe(state.probe, view, tickMs, dtS);
  const reserve = reserveFor(settings, state.sky, view);
  const spareW = contractedW(settings, local);
  const spendableW = view.surplusW === undefined ? undefined : view.surplusW + spareW;
  const exportableW =
    settings.connection === 'off-grid' ? 0 : Math.min(settings.exportLimitW ?? Infinity, Number.MAX_SAFE_INTEGER);
  return {
    nowMs: tickMs,
    dtS,
    input,
    state,
    view,
    reserve,
    local,
    order: servingOrder(input.loads, market, tickMs),
    spendableW,
    lostW: Math.max(0, (view.surplusW ?? 0) - exportableW) + spareW,
    boost: boostNow(state, input, view, dtS),
    contracted: spareW > 0,
    curtailed: cause !== undefined,
    ageLimitMs: ageLimitMs(settings),
  };
}

/** One load's verdict; the guards come last and only lower. */
function decide(
  tick: Tick,
  load: LoadModel,
  track: LoadTrack,
  aheadW: number,
  guard: Decision['loads'][number]['reason'] | undefined,
): Verdict {
  const reason = guard ?? loadGuard(tick, load);
  if (reason !== undefined) {
    if (track.setpointW === 0) track.wantedS = 0;
    return verdict(0, reason.id, reason);
  }
  if (!track.reconciled) return verdict(0, 'starting-up', { subject: load.name });
  const { input, state } = tick;
  const job = displacedBy(
    load,
    input.loads,
    (id) => input.snapshot.loads[id]?.waiting?.value === true || (state.loads[id]?.setpointW ?? 0) > 0,
  );
  if (job !== undefined) return verdict(0, 'compute-first', { subject: job.name });
  if (load.kind === 'compute' && input.snapshot.loads[load.id]?.waiting?.value === false)
    return verdict(0, 'waiting-for-surplus', { subject: load.name, neededW: 0 });
  const boostW = boostOf(tick.boost, load.id);
  const spendableW = (tick.spendableW ?? 0) + boostW;
  let shareW = spendableW - aheadW;
  const held = minimumRun(tick, load, track, shareW);
  if (boostW === 0 && !tick.contracted && !(tick.curtailed && tick.lostW >= spendableW - 1)) {
    const origin = input.settings.connection === 'off-grid' ? 'lost' : 'export';
    const worth = judgeWorth(load, origin, input.settings, input.market, track.setpointW > 0);
    if (!worth.run) {
      shareW = Math.min(shareW, tick.lostW - aheadW);
      const lost = judgeWorth(load, 'lost', input.settings, input.market, track.setpointW > 0);
      if (!lost.run || levelAtMost(load, shareW - tick.reserve.baseW) === 0)
        return (
          held ??
          verdict(0, worth.blind ? 'no-market-data' : 'export-pays-more', {
            ...(worth.valuePerKwh === undefined ? {} : { valuePerKwh: worth.valuePerKwh }),
            ...(worth.costPerKwh === undefined ? {} : { costPerKwh: worth.costPerKwh }),
          })
        );
    } else {
      const worthW = worthwhileW(load, origin, input.settings, input.market, track.setpointW);
      const roomW = tick.reserve.baseW + tick.reserve.raiseW;
      shareW = Math.min(shareW, Math.max(worthW, minLevelW(load)) + roomW + Math.max(0, tick.lostW - aheadW));
    }
  }
  // While the plant is held back and nothing is imported there is no dip, whatever the meter can show.
  const dipW = tick.curtailed ? Math.max(shareW, minLevelW(load)) : shareW - tick.reserve.baseW;
  watchSpells(track.spells, load, dipW, state.sky.demandRiseW > state.sky.plantFallW, tick.nowMs, tick.dtS);
  priceStart(track.spells, load, track.starts, dayProgress(input.settings, tick.local));
  const out = track.setpointW > 0 ? holdRunning(tick, load, track, shareW) : holdIdle(tick, load, track, shareW);
  if (out.setpointW === 0 && held) return held;
  if (out.setpointW === 0 && out.reason.id === 'waiting-for-surplus') return batteryReason(tick, out);
  if (boostW > 0 && out.reason.id === 'mining-surplus')
    return {
      ...out,
      reason: {
        ...out.reason,
        id: 'boost',
        powerW: input.wish.boost?.importW ?? 0,
        untilMs: input.wish.boost?.untilMs ?? tick.nowMs,
      },
    };
  if (tick.contracted && out.reason.id === 'mining-surplus' && out.setpointW > Math.max(0, tick.view.surplusW ?? 0))
    return { ...out, reason: { ...out.reason, id: 'contracted' } };
  return out;
}

/** Share of the day's expected energy that is behind us: a sun's half-wave for PV, even otherwise. */
function dayProgress(settings: StepInput['settings'], local: Tick['local']): number {
  if (settings.plant !== 'pv') return local.minute / 1440;
  const x = Math.min(1, Math.max(0, (local.minute / 60 - 6) / 13));
  return (1 - Math.cos(Math.PI * x)) / 2;
}

/** Says "battery first" where it is the battery that takes the surplus. */
function batteryReason(tick: Tick, out: Verdict): Verdict {
  const { battery } = tick.input.settings;
  const { socPercent, chargeW } = tick.view;
  if (battery === undefined || socPercent === undefined || tick.state.batteryMet || chargeW < 50) return out;
  return { ...out, reason: { ...out.reason, id: 'battery-first', socPercent, limitPercent: battery.targetPercent } };
}

/** Observe only: decide and explain, command nothing. */
function observed(tick: Tick, load: LoadModel, out: Verdict): Verdict {
  const guarded = out.setpointW === 0 && out.reason.id !== 'starting-soon' && out.reason.id !== 'mining-surplus';
  if (guarded) return out;
  const wouldW = levelAtMost(load, (tick.spendableW ?? 0) - tick.reserve.baseW - tick.reserve.raiseW);
  const { id: _id, ...numbers } = out.reason;
  return verdict(0, 'observing', { ...numbers, powerW: wholeW(wouldW) });
}

function describe(tick: Tick, loads: LoadDecision[], guard: Decision['guard']): Decision {
  const { view, state, reserve, spendableW } = tick;
  const potential = view.surplusW === undefined ? undefined : estimatePotential(state, view, tick.input);
  const reserveW = reserve.baseW;
  const boost = boostTold(state, tick.boost, tick.nowMs);
  const decision: Decision = {
    atMs: tick.nowMs,
    surplusIsLowerBound: tick.curtailed,
    reserveW,
    headroomW: Math.max(0, (spendableW ?? 0) + (tick.boost?.powerW ?? 0) - reserveW),
    loads,
  };
  if (potential !== undefined) decision.potential = potential;
  if (view.surplusW !== undefined) decision.surplusW = Math.max(0, view.surplusW);
  if (view.productionW !== undefined) {
    if (tick.curtailed && potential !== undefined)
      decision.curtailedW = Math.max(0, potential.powerW - view.productionW);
    // Nothing holds the plant back: what it makes is all that it could.
    else if (view.surplusW !== undefined && !tick.curtailed) decision.curtailedW = 0;
  }
  if (tick.curtailed && state.curtailmentCause !== 'none') decision.curtailmentCause = state.curtailmentCause;
  if (guard !== undefined) decision.guard = guard;
  if (boost !== undefined) decision.boost = boost;
  return decision;
}
