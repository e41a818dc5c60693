import type { Commissioning, SignCheck } from '#shared/contract/commissioning.ts';
import type { Command, LoadModel } from '#shared/control.ts';
import type { Direction } from '#shared/device.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';
import type { Site } from '#shared/site.ts';
import { BALANCE_MS, balancedMs, sumOf, withSum, type BalanceWindow, type Sum } from '#engine/devices/balance.ts';
import { trendStep, type BatteryTrend } from '#engine/devices/battery-trend.ts';
import { beginSignCheck, signCheckStep, type Nets, type SignCheckState } from '#engine/devices/commissioning.ts';
import type { SettingStore } from '#engine/storage/settings.ts';
import { isProven, markProven, requiredProofs, type Proof } from './commissioned.ts';
import type { Problems } from './done.ts';
import { knownLoad } from './known-load.ts';
import type { Tick } from './loop.ts';

/** Watches over what must be proven before any load runs, and takes the guided check through its steps. */
export interface Commissioner {
  cells: { commissioning: Cell<Commissioning>; signCheck: Cell<SignCheck> };
  /**
   * Begins the guided check.
   * @param loadId the load that is switched on in the place of a kettle
   */
  start(nowMs: number, loadId?: string): Problems;
  cancel(): void;
  /** The commands of the loop, less those for the load that the check has in its hands. */
  spared(commands: readonly Command[]): readonly Command[];
  watch(tick: Tick, unexplainedW: number | undefined): void;
  /** Other devices, other proofs. */
  siteChanged(): void;
}

export interface CommissionerPorts {
  site(): Site;
  settings: SettingStore;
  /** Whether loads may run is another now. */
  changed(commissioned: boolean): void;
  /** This direction is the other way round. */
  turn(direction: Direction): void;
  loads(): readonly LoadModel[];
  order(loadId: string, setpointW: number, leaseUntilMs: number): void;
}

const TOO_SMALL = (name: string) =>
  `${name} cannot be commanded now, or draws too little to be told from the house; use a kettle.`;
const DIRECTIONS: readonly Direction[] = ['grid', 'battery'];

/** The load in our hands stops by itself when it is not told to go on for so long, ms. */
const LEASE_MS = 15_000;

export function openCommissioner({ site, settings, changed, turn, loads, order }: CommissionerPorts): Commissioner {
  const cells = { commissioning: cell<Commissioning>(), signCheck: cell<SignCheck>({ phase: 'idle' }) };
  let check: SignCheckState | undefined;
  let helper: { id: string; drawW: number } | undefined;
  let trend: BatteryTrend | undefined;
  let window: BalanceWindow = [];
  let sum: Sum | undefined;
  let required = requiredProofs(site());
  let unproven = missing();

  function missing(): ReadonlySet<Proof> {
    return new Set(required.filter((proof) => !isProven(site(), settings, proof)));
  }

  // While the guided check runs our own loads would be mistaken for the kettle.
  const passed = () => check === undefined && (site().simulated || (site().devices.length > 0 && unproven.size === 0));

  function show() {
    const [grid, battery] = DIRECTIONS.map((direction) =>
      required.includes(direction) ? !unproven.has(direction) : undefined,
    );
    const balance = required.includes('balance')
      ? {
          proven: !unproven.has('balance'),
          forMs: balancedMs(window),
          ...(sum?.residualW === undefined ? {} : { residualW: sum.residualW }),
          ...(sum ? { toleranceW: sum.toleranceW } : {}),
        }
      : undefined;
    cells.commissioning.set({
      passed: passed(),
      ...(grid === undefined ? {} : { grid }),
      ...(battery === undefined ? {} : { battery }),
      ...(balance ? { balance } : {}),
    });
  }

  const tell = () => {
    unproven = missing();
    show();
    changed(passed());
  };

  function prove(proof: Proof) {
    markProven(site(), settings, proof);
    tell();
  }

  function netsOf({ snapshot }: Tick): { nets: Nets; atMs: number } | undefined {
    const pairs = { grid: [snapshot.import, snapshot.export], battery: [snapshot.discharge, snapshot.charge] } as const;
    const nets: Nets = {};
    let atMs = -Infinity;
    for (const direction of DIRECTIONS.filter((each) => required.includes(each))) {
      const [rising, falling] = pairs[direction];
      if (!rising || !falling) return undefined;
      nets[direction] = rising.value - falling.value;
      atMs = Math.max(atMs, rising.atMs);
    }
    return { nets, atMs };
  }

  /** The load goes back into the hands of the loop, stopped. */
  function letGo() {
    if (helper) order(helper.id, 0, 0);
    helper = undefined;
    check = undefined;
  }

  function watchCheck(tick: Tick) {
    if (!check) return;
    if (helper && tick.wish.stopped) return cancel();
    const seen = netsOf(tick);
    const next = signCheckStep(check, tick.atMs, seen?.atMs ?? tick.atMs, seen?.nets);
    if (helper && next.view.phase === 'switch-on') order(helper.id, helper.drawW, tick.atMs + LEASE_MS);
    if (next.view === check.view) return void (check = next);
    const { phase, direction } = next.view;
    const over = phase !== 'baseline' && phase !== 'switch-on';
    if (over) letGo();
    else check = next;
    cells.signCheck.set(next.view);
    if (!over) return;
    if (phase === 'right' && direction) return prove(direction);
    tell();
    if (phase === 'swapped' && direction) turn(direction);
  }

  function watchBattery({ atMs, snapshot }: Tick) {
    if (!unproven.has('battery')) return;
    const { charge, discharge, soc } = snapshot;
    const netW = charge && discharge ? charge.value - discharge.value : undefined;
    const next = trendStep(trend, atMs, netW, soc?.value);
    trend = next.trend;
    if (next.verdict === 'right') prove('battery');
    if (next.verdict === 'swapped') turn('battery');
  }

  function watchBalance({ atMs, snapshot }: Tick, unexplainedW: number | undefined) {
    if (!required.includes('balance')) return;
    sum = sumOf(snapshot, unexplainedW);
    window = withSum(window, atMs, sum);
    // With a direction unproven a sum may come out right by chance.
    const directed = !unproven.has('grid') && !unproven.has('battery');
    if (unproven.has('balance') && directed && balancedMs(window) >= BALANCE_MS) prove('balance');
  }

  function cancel() {
    letGo();
    cells.signCheck.set({ phase: 'idle' });
    tell();
  }

  show();
  return {
    cells,
    start(nowMs, loadId) {
      if (!DIRECTIONS.some((direction) => site().devices.some(({ roles }) => roles.includes(direction))))
        return [{ field: 'devices', message: 'There is no grid meter to check; add one first.' }];
      const load = loads().find(({ id }) => id === loadId);
      const known = load && knownLoad(load);
      if (loadId !== undefined && !(load && known))
        return [{ field: 'load', message: TOO_SMALL(load?.name ?? `“${loadId}”`) }];
      letGo();
      if (load && known) helper = { id: load.id, drawW: known.drawW };
      check = beginSignCheck(nowMs, known);
      cells.signCheck.set(check.view);
      tell();
      return [];
    },
    cancel,
    spared: (commands) => (helper ? commands.filter(({ loadId }) => loadId !== helper?.id) : commands),
    watch(tick, unexplainedW) {
      watchCheck(tick);
      watchBattery(tick);
      watchBalance(tick, unexplainedW);
      if (required.length > 0) show();
    },
    siteChanged() {
      required = requiredProofs(site());
      trend = undefined;
      window = [];
      sum = undefined;
      tell();
    },
  };
}
