import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type pg from 'pg';
import { SlotExport } from '#shared/fleet.ts';
import type { EngineEvent } from '#shared/contract/engine.ts';
import type { PricedSlot } from '#engine/fleet/columns.ts';
import { postgresTarget } from '#engine/fleet/postgres.ts';
import type { ExportFailure, ExportSession } from '#engine/fleet/target.ts';
import { makeCertificate } from '#engine/hosts/access/certificate.ts';
import { startExport, type SlotExporter } from '#engine/slot-export.ts';
import { openLedger, type Ledger } from '#engine/storage/ledger.ts';
import { siteClock } from '#engine/system/clock.ts';
import { silentLog } from '#engine/system/log.ts';
import { compareExport, slotsOf } from '../support/exported.ts';
import { market, site, tick } from '../support/ledger-ticks.ts';
import { ADMIN, postgres, type Postgres } from '../support/postgres.ts';

// Initdb, crashes and recovery on a busy machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const START_MS = Date.UTC(2026, 5, 1);
const SLOT_MS = 300_000;

let server: Postgres;
let admin: pg.Client;
let folder: string;
let ledger: Ledger;
let nowMs: number;
let databases = 0;
let database: string;
let events: EngineEvent[];
const running: SlotExporter[] = [];

beforeAll(async () => {
  server = await postgres();
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-export-'));
  nowMs = START_MS;
  events = [];
  admin = await server.client();
  database = `fleet${(databases += 1)}`;
  await admin.query(`CREATE DATABASE ${database}`);
  const opened = openLedger({
    dir: folder,
    site: site(),
    clock: { now: () => nowMs, sleep: () => Promise.resolve() },
    log: silentLog,
  });
  if (opened.outcome !== 'open') throw new Error(opened.message);
  ({ ledger } = opened);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((exporter) => exporter.stop()));
  ledger.close();
  await admin.end().catch(() => {});
  rmSync(folder, { recursive: true });
});

/** Real slots by the real accounting: a plant, a meter and two miners that draw what is left. */
function live(slots: number, prices = market) {
  for (const endMs = nowMs + slots * SLOT_MS; nowMs <= endMs; nowMs += 100_000) {
    const share = (nowMs / 61_000) % 1;
    const draws = { asic: 1200 + 900 * share, heater: 300 };
    const powers = { production: 3600, import: 0, export: 3600 - 800 - draws.asic - 300, demand: 800, draws };
    ledger.tick(tick(nowMs, { ...powers, hashrates: { asic: 60 } }, { market: prices, settings: { maxAgeS: 120 } }));
  }
}

const settings = (over: Record<string, unknown> = {}) =>
  SlotExport.parse({
    host: '127.0.0.1',
    port: server.port,
    database,
    user: ADMIN.user,
    secret: 'pg',
    tls: 'off',
    ...over,
  });

function begin(over: Record<string, unknown> = {}, password: string = ADMIN.password): SlotExporter {
  const exporter = startExport({
    site: () => site({ fleet: { export: settings(over) } }),
    ledger,
    // A minute of back-off is a third of a second here.
    clock: siteClock({ wallMs: Date.now(), siteMs: nowMs, speed: 200 }),
    log: silentLog,
    secret: (name) => (name === 'pg' ? password : undefined),
    tell: (event) => void events.push(event),
    random: Math.random,
  });
  if (!exporter) throw new Error('nothing is exported');
  running.push(exporter);
  return exporter;
}
const done = (exporter: SlotExporter) =>
  vi.waitFor(() => expect(exporter.state()).toMatchObject({ waiting: 0, failing: false }), {
    timeout: 40_000,
    interval: 20,
  });

async function compare(siteId = 'home') {
  const client = await server.client(database);
  const compared = await compareExport(client, siteId, await slotsOf(ledger));
  await client.end();
  return compared;
}
const query = async (sql: string) => {
  const client = await server.client(database);
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
};

describe('slots in PostgreSQL', () => {
  it('are the ledger, figure by figure, of before the export began and after', async () => {
    live(600);
    const exporter = begin();
    await done(exporter);
    live(30);
    await done(exporter);
    expect(await compare()).toEqual({ rows: 3 * (await slotsOf(ledger)).length, lost: 0, duplicated: 0 });
    expect((await slotsOf(ledger)).length).toBeGreaterThanOrEqual(629);
    const [sum] = await query('SELECT sum(draw_milliwh) AS mwh FROM spillway.slot_load');
    const { sum: report } = ledger.report({
      fromMs: START_MS,
      toMs: Math.floor(nowMs / SLOT_MS) * SLOT_MS,
      resolution: 'slot',
    });
    expect(Number(sum?.['mwh'])).toBe(report.flows.draw);
    expect(await query('SELECT id, name, time_zone, currency FROM spillway.site')).toEqual([
      { id: 'home', name: 'Home', time_zone: 'Europe/Berlin', currency: 'EUR' },
    ]);
  });

  it('are all there after the server crashed again and again in the middle', async () => {
    live(1500);
    const exporter = begin();
    for (let crashes = 0; crashes < 3; crashes += 1) {
      const before = exporter.state().waiting;
      await vi.waitFor(() => expect(exporter.state().waiting).toBeLessThan(before), { timeout: 40_000, interval: 1 });
      await server.crash();
      expect(exporter.state().waiting).toBeGreaterThan(0);
      live(10);
      await server.start();
    }
    await done(exporter);
    expect(await compare()).toEqual({ rows: 3 * (await slotsOf(ledger)).length, lost: 0, duplicated: 0 });
    expect(events).toEqual([]);
  });

  it('go on where they were after our own end', async () => {
    live(1000);
    const first = begin();
    await vi.waitFor(() => expect(first.state().waiting).toBeLessThan(900), { interval: 1 });
    await first.stop();
    const left = first.state().waiting;
    live(10);
    const again = begin();
    expect(again.state().waiting).toBeGreaterThanOrEqual(left);
    expect(again.state().waiting).toBeLessThan(left + 15);
    await done(again);
    expect(await compare()).toMatchObject({ lost: 0, duplicated: 0 });
  });

  it('are put right when a late price changes them', async () => {
    const { exportPerKwh: _, ...unpriced } = market;
    live(50, unpriced);
    const exporter = begin();
    await done(exporter);
    expect(await query('SELECT count(forgone_export_micro)::int AS n FROM spillway.slot')).toEqual([{ n: 0 }]);
    const filled = await ledger.fillPrices([{ startMs: START_MS, endMs: START_MS + 3_600_000, exportPerKwh: -0.05 }]);
    expect(filled).toBe(12);
    expect(exporter.state().waiting).toBe(12);
    await done(exporter);
    expect(
      await query('SELECT count(*)::int AS n FROM spillway.slot WHERE late_price AND paid_export_avoided_micro > 0'),
    ).toEqual([{ n: 12 }]);
    expect(await compare()).toMatchObject({ lost: 0, duplicated: 0 });
  });

  it('go to another database from the first one on', async () => {
    live(20);
    await done(begin());
    await Promise.all(running.splice(0).map((exporter) => exporter.stop()));
    database = `fleet${(databases += 1)}`;
    await admin.query(`CREATE DATABASE ${database}`);
    await done(begin());
    expect(await compare()).toMatchObject({ lost: 0, duplicated: 0 });
  });
});

describe('the server', () => {
  const never = new AbortController().signal;
  const LEDGER = 'a4b7e7cf-5a8e-4d0e-9d5e-0b6c2b1f7a01';
  const OTHER = 'a4b7e7cf-5a8e-4d0e-9d5e-0b6c2b1f7a02';
  const target = (
    over: Record<string, unknown> = {},
    ledgerId = LEDGER,
    id = 'home',
    password: string = ADMIN.password,
  ) =>
    postgresTarget({
      server: settings(over),
      password: () => password,
      site: () => site({ id }),
      ledgerId: () => ledgerId,
    });
  async function open(...args: Parameters<typeof target>): Promise<ExportSession> {
    const opened = await target(...args).open(never);
    if (opened.outcome === 'failed') throw new Error(opened.message);
    return opened.session;
  }
  const refusal = async (...args: Parameters<typeof target>): Promise<ExportFailure> => {
    const opened = await target(...args).open(never);
    if (opened.outcome === 'open') throw new Error('it was not refused');
    return opened;
  };
  let slots: PricedSlot[];
  beforeEach(async () => {
    live(5);
    slots = await slotsOf(ledger);
  });

  it('has a slot once, however often it is delivered', async () => {
    const session = await open();
    for (let times = 0; times < 4; times += 1) expect(await session.send(slots)).toEqual({ outcome: 'ok' });
    await session.close();
    expect(await compare()).toEqual({ rows: 3 * slots.length, lost: 0, duplicated: 0 });
  });

  it('takes nothing more from a session that another one has followed', async () => {
    const [old, young] = [await open(), await open()];
    expect(await young.send(slots)).toEqual({ outcome: 'ok' });
    const stale = slots.map((priced) => ({ ...priced, slot: { ...priced.slot, coveredMs: 1 } }));
    expect(await old.send(stale)).toMatchObject({ outcome: 'failed', refused: false });
    expect(await compare()).toMatchObject({ lost: 0, duplicated: 0 });
    await Promise.all([old.close(), young.close()]);
  });

  it('keeps two ledgers of one name apart, until the owner hands the name over', async () => {
    await (await open()).close();
    const refused = await refusal({}, OTHER);
    expect(refused).toMatchObject({ refused: true, message: expect.stringContaining('another ledger') as string });
    const advice = /UPDATE .*$/.exec(refused.message)?.[0] ?? '';
    await query(advice);
    await (await open({}, OTHER)).close();
    expect(await refusal()).toMatchObject({ refused: true });
  });

  it('gets its tables once when many sites begin at once', async () => {
    const sites = Array.from({ length: 12 }, (_, i) => `site-${i}`);
    const sessions = await Promise.all(sites.map((id) => open({}, LEDGER, id)));
    expect(await Promise.all(sessions.map((session) => session.send(slots)))).toEqual(
      sites.map(() => ({ outcome: 'ok' })),
    );
    await Promise.all(sessions.map((session) => session.close()));
    expect(await query('SELECT number FROM spillway.version')).toEqual([{ number: 1 }]);
    for (const id of sites) expect(await compare(id)).toMatchObject({ lost: 0, duplicated: 0 });
  });

  it('is asked for hypertables where TimescaleDB is there', async () => {
    // A stand-in: TimescaleDB is not in Debian. It is held to be called, once for each table.
    await query(`CREATE TABLE asked (relation regclass);
      CREATE FUNCTION create_hypertable(relation regclass, "column" name, chunk_time_interval interval, if_not_exists boolean)
        RETURNS void LANGUAGE sql AS 'INSERT INTO asked VALUES (relation)';
      SET allow_system_table_mods = on;
      INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        VALUES (99999, 'timescaledb', 10, 2200, false, '2.0')`);
    await (await open()).close();
    await (await open()).close();
    expect(await query('SELECT relation::text FROM asked ORDER BY 1')).toEqual([
      { relation: 'spillway.slot' },
      { relation: 'spillway.slot_load' },
    ]);
  });

  it.each([
    ['a wrong password', {}, 'wrong-password', 'password authentication failed'],
    ['a database that is not there', { database: 'nowhere' }, ADMIN.password, 'does not exist'],
  ])('says that it refuses %s', async (_, over, password, message) => {
    const refused = await refusal(over, LEDGER, 'home', password);
    expect(refused).toMatchObject({ refused: true, message: expect.stringContaining(message) as string });
    expect(refused.message).not.toContain(password);
  });

  it('says what to do where the user may not make the tables', async () => {
    await admin.query(`CREATE USER guest${databases} PASSWORD 'guest'`);
    const refused = await refusal({ user: `guest${databases}` }, LEDGER, 'home', 'guest');
    expect(refused).toMatchObject({ refused: true, message: expect.stringContaining('as an administrator') as string });
  });

  it('is left alone when its tables are of a later version', async () => {
    await (await open()).close();
    await query('UPDATE spillway.version SET number = 2');
    expect(await refusal()).toMatchObject({ refused: true, message: expect.stringContaining('version 2') as string });
  });

  it('that is not there is tried again later', async () => {
    const failed = await refusal({ port: 1 });
    expect(failed).toMatchObject({ refused: false, message: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('is let go at once when the engine ends', async () => {
    const exporter = begin({ port: server.port });
    await done(exporter);
    const client = await server.client(database);
    await client.query('BEGIN; LOCK TABLE spillway.slot');
    live(5);
    await vi.waitFor(async () => {
      const { rows } = await client.query(
        `SELECT FROM pg_locks WHERE NOT granted AND relation = 'spillway.slot'::regclass`,
      );
      expect(rows).toHaveLength(1);
    }, 40_000);
    const startMs = performance.now();
    await exporter.stop();
    expect(performance.now() - startMs).toBeLessThan(2000);
    expect(exporter.state().waiting).toBeGreaterThan(0);
    await client.end();
  });
});

it('tells the owner once that it is refused, and once that it goes on', async () => {
  live(5);
  const exporter = begin({ database: `late${databases}` });
  await vi.waitFor(() => expect(events).toHaveLength(1), 40_000);
  expect(events[0]).toMatchObject({ id: 'export', level: 'warn' });
  database = `late${databases}`;
  await admin.query(`CREATE DATABASE ${database}`);
  await done(exporter);
  expect(events.map(({ id }) => id)).toEqual(['export', 'export-again']);
});

describe('TLS', () => {
  it('is spoken with a certificate that is checked, and plain is not fallen back to', async () => {
    live(5);
    const plain = begin({ tls: 'verify', ca: undefined });
    await vi.waitFor(() => expect(plain.state().failing).toBe(true), 40_000);
    await Promise.all(running.splice(0).map((exporter) => exporter.stop()));

    const made = await makeCertificate(['127.0.0.1', 'localhost'], Date.now());
    server.useTls(made);
    await server.crash();
    await server.start();
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, (await makeCertificate(['localhost'], Date.now())).certificate);
    const stranger = begin({ tls: 'verify', host: 'localhost', ca });
    await vi.waitFor(() => expect(stranger.state().failing).toBe(true), 40_000);
    expect(stranger.state().confirmedMs).toBeUndefined();
    await Promise.all(running.splice(0).map((exporter) => exporter.stop()));

    writeFileSync(ca, made.certificate);
    await done(begin({ tls: 'verify', host: 'localhost', ca }));
    expect(await compare()).toMatchObject({ lost: 0, duplicated: 0 });
  });
});
