import type { MarketNow } from '#shared/control.ts';
import type { Resolution, Violation } from '#shared/ledger.ts';
import type { Retention } from '#shared/contract/books.ts';
import type { Site } from '#shared/site.ts';
import { dayOf, hourOf, monthOf, type Span } from '#shared/time.ts';
import { closeSlot, type Slot } from '#engine/accounting/close-slot.ts';
import { marksOf, type MarkState } from '#engine/accounting/marks.ts';
import { accumulateMinute, type OpenMinute } from '#engine/accounting/minute.ts';
import { emptySlot, SLOT_MS, slotStartOf } from '#engine/accounting/open-slot.ts';
import { ratesOf, type Equipment, type TickInput } from '#engine/accounting/rates.ts';
import { addLoadRow, rowOfSlot, sumRows } from '#engine/accounting/rollup.ts';
import { accumulate, countStart, isOff, slotState, type SlotState } from '#engine/accounting/slot.ts';
import type { Clock } from '#engine/system/clock.ts';
import { compareCounters, type Counters } from './counters.ts';
import type { Marks } from './marks.ts';
import type { Minutes } from './minutes.ts';
import type { OpenSlotStore, Saved } from './open-slot.ts';
import type { Readings } from './readings.ts';
import type { StoredRow, StoredRows } from './reports.ts';
import type { Summing } from './summing.ts';
import type { Slots } from './slots.ts';
import type { LedgerProblem, Writer } from './writer.ts';

export interface Tables {
  slots: Slots;
  sums: Pick<Summing, 'refresh'>;
  minutes: Minutes;
  readings: Readings;
  marks: Marks;
  openSlot: OpenSlotStore;
  counters: Counters;
}

export interface PendingSlot {
  slot: Slot;
  row: StoredRow;
}

/** Turns ticks into rows and keeps the slot under way. */
export interface Recorder {
  tick(input: TickInput): LedgerProblem | undefined;
  /** What no table holds yet: slots that wait for room on the disk, and the one under way as if it closed now. */
  pending(): PendingSlot[];
  /** How many slots were written; grows with every change of the stored rows. */
  writtenCount(): number;
  addPending(rows: StoredRows, span: Span, resolution: Resolution, timeZone: string): void;
  pendingViolations(fromMs: number, toMs: number): Violation[];
  flush(): void;
}

// ACCOUNTING.md allows 10 s of loss after kill -9.
const SAVE_EVERY_MS = 5000;

/** What the owner's devices should tell, by their roles. */
export function equipmentOf(site: Site): Equipment {
  const has = (role: 'production' | 'grid' | 'battery') => site.devices.some(({ roles }) => roles.includes(role));
  return {
    production: has('production'),
    grid: has('grid'),
    battery: has('battery') || site.control.battery !== undefined,
  };
}

export function recorder(ports: {
  tables: Tables;
  writer: Writer;
  equipment: () => Equipment;
  currency: () => string;
  retention: () => Retention;
  clock: Clock;
}): Recorder {
  const { tables, writer } = ports;
  const saved = tables.openSlot.read();
  let state = resume(saved, ports.clock.now());
  let counters = saved?.counters ?? {};
  let minute: OpenMinute | undefined = saved?.minute;
  let marking: MarkState = { setpoints: saved?.setpoints ?? {} };
  let savedMs = -Infinity;
  let writtenCount = 0;
  let unwritten: Slot[] = [];
  let market: MarketNow = { poolFee: 0, fresh: false };

  const save = (atMs: number): void =>
    tables.openSlot.write({
      atMs,
      slot: state.open,
      ...(minute ? { minute } : {}),
      bias: state.bias,
      counts: state.counts,
      counters,
      setpoints: marking.setpoints,
      drawing: state.last !== undefined && !isOff(state.last),
    });

  const settle = () => {
    if (writer.problem()) return;
    writtenCount += unwritten.length;
    unwritten = [];
  };
  const pending = (): PendingSlot[] => {
    settle();
    const begun = Object.keys(state.open.site).length > 0 || Object.keys(state.open.loads).length > 0;
    const slots = begun ? [...unwritten, closeSlot(state.open)] : unwritten;
    return slots.map((slot) => ({ slot, row: { ...rowOfSlot(slot), unprovenMs: slot.unprovenMs } }));
  };
  const pendingWithin = (fromMs: number, toMs: number) =>
    pending().filter(({ row }) => row.startMs >= fromMs && row.startMs < toMs);

  return {
    tick(input) {
      const { atMs, snapshot, decision } = input;
      const rates = ratesOf(input, ports.equipment(), state.bias);
      const { state: next, closed } = accumulate(state, rates, input.settings.maxAgeS * 1000);
      state = next;
      const marked = marksOf(marking, decision);
      marking = marked.state;
      for (const { kind, loadId } of marked.marks) if (kind === 'start') state = countStart(state, loadId);
      const soc = snapshot.soc ? { soc: snapshot.soc.value } : {};
      const minuteStep = accumulateMinute(minute, rates, soc);
      minute = minuteStep.open;

      const durable: (() => void)[] = [];
      const pricesThen = market;
      for (const slot of closed) {
        durable.push(() => {
          tables.slots.add(slot, pricesThen, ports.currency());
          tables.sums.refresh([slot.startMs]);
        });
      }
      if (closed.length > 0) {
        const compared = compareCounters(counters, closed, snapshot);
        counters = compared.counters;
        durable.push(() => tables.counters.add(compared.rows));
      }
      const closedMinute = minuteStep.closed;
      if (closedMinute) durable.push(() => tables.minutes.add(closedMinute));
      if (marked.marks.length > 0) durable.push(() => tables.marks.add(marked.marks));
      const saveNow = closed.length > 0 || Math.abs(atMs - savedMs) >= SAVE_EVERY_MS;
      writer.write(atMs, durable, () => {
        tables.readings.add(atMs, snapshot);
        if (saveNow) save(atMs);
        if (closed.length === 0) return;
        const { rawHours, minuteDays } = ports.retention();
        tables.readings.prune(atMs - rawHours * 3_600_000);
        tables.minutes.prune(atMs - minuteDays * 86_400_000);
      });
      if (saveNow) savedMs = atMs;
      unwritten.push(...closed);
      settle();
      market = input.market;
      return writer.problem();
    },
    pending,
    writtenCount() {
      settle();
      return writtenCount;
    },
    addPending(rows, span, resolution, timeZone) {
      for (const { slot, row } of pendingWithin(span.startMs, span.endMs)) {
        const bucket = bucketOf(row.startMs, resolution, timeZone);
        const cut = { startMs: Math.max(bucket.startMs, span.startMs), endMs: Math.min(bucket.endMs, span.endMs) };
        const before = rows.rows.at(-1);
        const same = before && before.startMs >= cut.startMs ? rows.rows.pop() : undefined;
        const sum = sumRows(same ? [same, row] : [row], cut);
        rows.rows.push({ ...sum, unprovenMs: (same?.unprovenMs ?? 0) + row.unprovenMs });
        for (const [id, { msat, starts, cause: _, ...load }] of Object.entries(slot.loads)) {
          addLoadRow(rows.byLoad, id, { ...load, estimatedMsat: msat });
          rows.startsByLoad.set(id, (rows.startsByLoad.get(id) ?? 0) + starts);
        }
      }
    },
    pendingViolations: (fromMs, toMs) =>
      pendingWithin(fromMs, toMs).flatMap(({ slot, row: { startMs, endMs } }) =>
        Object.entries(slot.loads)
          .filter(([, { origin }]) => origin.gridFed > 0)
          .map(([loadId, { origin, cause }]) => ({
            startMs,
            endMs,
            gridFed: origin.gridFed,
            cause: cause ?? 'unknown',
            loadId,
          })),
      ),
    flush() {
      const atMs = state.last?.atMs;
      if (atMs !== undefined) writer.write(atMs, [], () => save(atMs));
    },
  };
}

function bucketOf(atMs: number, resolution: Resolution, timeZone: string): Span {
  if (resolution === 'hour') return hourOf(atMs, timeZone);
  if (resolution === 'day') return dayOf(atMs, timeZone);
  if (resolution === 'month') return monthOf(atMs, timeZone);
  return { startMs: slotStartOf(atMs), endMs: slotStartOf(atMs) + SLOT_MS };
}

/** Nobody watched between the last save and now: if a load was drawing, the proof of that stretch is missing. */
function resume(saved: Saved | undefined, nowMs: number): SlotState {
  if (!saved) return slotState(nowMs, emptySlot(slotStartOf(nowMs)));
  const state = slotState(nowMs, saved.slot, saved.bias, saved.counts);
  const slotEndMs = saved.slot.startMs + SLOT_MS;
  if (saved.drawing) state.open.unprovenMs += Math.max(0, Math.min(nowMs, slotEndMs) - saved.atMs);
  return state;
}
