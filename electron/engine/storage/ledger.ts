import { join } from 'node:path';
import { z } from 'zod';
import type { CounterCheck, DecisionMark, Report, Resolution, Today, Violation } from '#shared/ledger.ts';
import { Retention } from '#shared/contract/books.ts';
import type { Site } from '#shared/site.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import type { Minute } from '#engine/accounting/minute.ts';
import type { TickInput } from '#engine/accounting/rates.ts';
import { slotStartOf } from '#engine/accounting/open-slot.ts';
import { backUp, newestGoodBackup, type Backup, type BackupOutcome } from './backup.ts';
import { openDatabase, type OpenFailure, type WritableDatabase } from './database.ts';
import { counterTable } from './counters.ts';
import { exportQueue, type ExportQueue } from './export-queue.ts';
import { events, type Events } from './events.ts';
import { exchange, type Exchange } from './exchange.ts';
import { latePrices, type FillPrices } from './late-prices.ts';
import { removal, shipped, type Removal } from './retention.ts';
import { lots, type Lots } from './lots.ts';
import { marks } from './marks.ts';
import { minutes } from './minutes.ts';
import { nameTable } from './names.ts';
import { readings, type RawReading } from './readings.ts';
import { openSlotStore } from './open-slot.ts';
import { equipmentOf, recorder } from './recorder.ts';
import { reportOf, reports, type StoredRows } from './reports.ts';
import { settingStore, type SettingStore } from './settings.ts';
import { summing } from './summing.ts';
import { slots } from './slots.ts';
import { exportTable } from './table-export.ts';
import { todayOf } from './today.ts';
import { ledgerWriter, type LedgerProblem } from './writer.ts';

export interface Range {
  fromMs: number;
  toMs: number;
}

/** The one object of the engine that keeps what happened. */
export interface Ledger {
  readonly file: string;
  readonly settings: SettingStore;
  readonly events: Events;
  /** Accounts one tick and writes it. @returns what keeps it from being written, if anything */
  tick(input: TickInput): LedgerProblem | undefined;
  today(): Today;
  startsToday(): Record<string, number>;
  report(range: Range & { resolution: Resolution }): Report;
  violations(range: Range): Violation[];
  marks(range: Range): DecisionMark[];
  /** The devices' own energy counters beside what was measured. */
  counters(range: Range): CounterCheck[];
  minutes(range: Range): Minute[];
  readings(range: Range): RawReading[];
  exportTable(
    range: Range & { resolution: Resolution },
    format: 'csv' | 'json',
  ): Promise<{ name: string; text: string }>;
  readonly lots: Lots;
  readonly exchange: Exchange;
  readonly exportQueue: ExportQueue;
  /** First and last moment with a slot. */
  span(): { firstMs: number; endMs: number } | undefined;
  readonly fillPrices: FillPrices;
  retention(): Retention;
  keep(retention: Retention): void;
  readonly removal: Removal;
  /** Resolves when no long work is under way. */
  idle(): Promise<void>;
  /** The owner changed the site: another time zone or currency makes the sums anew. */
  setSite(site: Site): void;
  problem(): LedgerProblem | undefined;
  /** Why the last backup was not made. */
  backupProblem(): string | undefined;
  /** Copies the database aside while it is written; once a day this happens by itself, but for simulated sites. */
  backUp(): Promise<BackupOutcome>;
  close(): void;
}

export interface LedgerPorts {
  dir: string;
  site: Site;
  clock: Clock;
  log: Log;
}

export const ledgerFile = (dir: string, site: Site): string =>
  join(dir, `${site.simulated ? 'simulated' : 'site'}-${site.id}.sqlite`);

const BACKUP_EVERY_MS = 86_400_000;
const BACKUP_AGAIN_MS = 3_600_000;

export function openLedger(
  ports: LedgerPorts,
): { outcome: 'open'; ledger: Ledger } | (OpenFailure & { backup?: Backup }) {
  const file = ledgerFile(ports.dir, ports.site);
  const opened = openDatabase(file);
  if (opened.outcome === 'damaged') {
    const backup = newestGoodBackup(file);
    return backup ? { ...opened, backup } : opened;
  }
  if (opened.outcome !== 'open') return opened;
  return { outcome: 'open', ledger: ledgerOn(opened.db, file, ports) };
}

function ledgerOn(db: WritableDatabase, file: string, { site: firstSite, clock, log }: LedgerPorts): Ledger {
  let site = firstSite;
  const devices = nameTable(db, 'device');
  const series = nameTable(db, 'series');
  const kept = settingStore(db);
  const list = events(db);
  const slotTable = slots(db, devices);
  const sums = summing({ db, settings: kept, span: () => slotTable.span(), log });
  const tables = {
    slots: slotTable,
    sums,
    minutes: minutes(db, series),
    readings: readings(db, series),
    marks: marks(db, devices),
    openSlot: openSlotStore(db),
    counters: counterTable(db),
  };
  const query = reports(db, devices, () => ({ ...sums.basis(), siteCurrency: site.currency }));
  const writer = ledgerWriter(db, file, () => {
    devices.reload();
    series.reload();
  });

  // On a full disk the engine goes on: what it would keep is kept in memory until there is room.
  const later = (work: () => void) => writer.write(clock.now(), [work], () => undefined);
  const settings: SettingStore = {
    read: kept.read,
    write: (key, value) => later(() => kept.write(key, value)),
  };

  const retention = () => kept.read('retention', Retention) ?? shipped;
  sums.settle(site);
  if (site.simulated) beginAnew(clock.now());
  const record = recorder({
    tables,
    writer,
    equipment: () => equipmentOf(site),
    currency: () => site.currency,
    retention,
    clock,
  });
  const fillPrices = latePrices({ db, sums, currency: () => site.currency, changed: () => today.forget() });
  const today = todayOf({ query, record, given: () => site });

  /** A simulated day that starts again replaces what the one before wrote after that moment. */
  function beginAnew(nowMs: number): void {
    const span = tables.slots.span();
    if (!span || span.endMs <= nowMs) return;
    log.info({ file, nowMs }, 'the simulated clock was set back; later slots are dropped');
    db.transaction(() => {
      for (const table of [tables.slots, tables.minutes, tables.readings, tables.marks, tables.counters])
        table.dropFrom(slotStartOf(nowMs));
      tables.openSlot.clear();
      sums.rebuildNow();
    });
  }

  let lastBackupMs = settings.read('backup', z.number()) ?? 0;
  let backingUp: Promise<BackupOutcome> | undefined;
  let backupProblem: string | undefined;
  /** One at a time; who asks meanwhile gets the same. */
  function backUpNow(): Promise<BackupOutcome> {
    const nowMs = clock.now();
    lastBackupMs = nowMs;
    backingUp ??= backUp(db, file, nowMs).then((outcome) => {
      backingUp = undefined;
      backupProblem = outcome.outcome === 'failed' ? outcome.message : undefined;
      if (backupProblem !== undefined) log.warn({ file }, backupProblem);
      if (outcome.outcome === 'ok' && db.raw.open) settings.write('backup', nowMs);
      return outcome;
    });
    return backingUp;
  }

  function report({ fromMs, toMs, resolution }: Range & { resolution: Resolution }): Report {
    const span = { startMs: fromMs, endMs: toMs };
    const rows: StoredRows = query.rows(span, resolution);
    record.addPending(rows, span, resolution, sums.basis().timeZone);
    const nowMs = clock.now();
    const passed = { startMs: fromMs, endMs: Math.max(fromMs + 1, Math.min(toMs, nowMs)) };
    const { sum, ...rest } = reportOf(rows, passed, resolution);
    return { ...rest, sum: { ...sum, endMs: toMs } };
  }

  const lotBook = lots(
    db,
    (fromMs, toMs) => {
      const span = { startMs: Math.max(fromMs, tables.slots.span()?.firstMs ?? toMs), endMs: toMs };
      return span.endMs > span.startMs ? reportOf(query.rows(span, 'month'), span, 'month').sum : undefined;
    },
    () => site.currency,
  );

  return {
    file,
    settings,
    lots: lotBook,
    exchange: exchange({ db, ...tables, lots: lotBook, given: () => site, changed: () => today.forget() }),
    exportQueue: exportQueue(db, kept, tables.slots),
    events: { recent: list.recent, add: (event) => later(() => list.add(event)) },
    tick(input) {
      const problem = record.tick(input);
      const dueMs = lastBackupMs + (backupProblem === undefined ? BACKUP_EVERY_MS : BACKUP_AGAIN_MS);
      if (!site.simulated && !backingUp && !problem && (input.atMs >= dueMs || input.atMs < lastBackupMs))
        void backUpNow();
      return problem;
    },
    backUp: backUpNow,
    today: () => today.today(clock.now()),
    startsToday: () => today.starts(clock.now()),
    report,
    violations: ({ fromMs, toMs }) => [
      ...tables.slots.violations(fromMs, toMs),
      ...record.pendingViolations(fromMs, toMs),
    ],
    marks: ({ fromMs, toMs }) => tables.marks.between(fromMs, toMs),
    counters: ({ fromMs, toMs }) => tables.counters.between(fromMs, toMs),
    minutes: ({ fromMs, toMs }) => tables.minutes.between(fromMs, toMs),
    readings: ({ fromMs, toMs }) => tables.readings.between(fromMs, toMs),
    async exportTable(range, format) {
      const date = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
      const nowMs = clock.now();
      const span = tables.slots.span();
      const mark = site.simulated ? '-SIMULATED' : '';
      return {
        name: `spillway-${site.id}-${date(range.fromMs)}-${date(range.toMs)}-${range.resolution}${mark}.${format}`,
        text: await exportTable(
          range,
          format,
          { ...site, firstMs: span?.firstMs ?? nowMs, lastMs: Math.max(nowMs, span?.endMs ?? 0) },
          report,
        ),
      };
    },
    span: () => tables.slots.span(),
    setSite(next) {
      site = next;
      sums.settle(site);
      today.forget();
    },
    problem: () => writer.problem(),
    idle: () => sums.idle(),
    fillPrices,
    retention,
    keep: (next) => settings.write('retention', next),
    removal: removal(
      db,
      () => site.timeZone,
      () => today.forget(),
    ),
    backupProblem: () => backupProblem,
    close() {
      sums.stop();
      record.flush();
      db.close();
    },
  };
}
