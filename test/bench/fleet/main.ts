// npm run bench:fleet -- [--json FILE] [--sites N] [--days N]: many sites, each with a real ledger, into one real PostgreSQL
// that crashes three times and whose connections are cut at random, while slots are added and late prices change others.
// Afterwards every figure of every ledger is compared with what is there. Fails, and writes no file, if one is lost or double.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import { SlotExport } from '#shared/fleet.ts';
import { compareExport, slotsOf } from '../../support/exported.ts';
import { postgres, type Postgres } from '../../support/postgres.ts';
import type { PastOptions } from './past-worker.ts';
import { openSite, type FleetSite, type SiteOptions } from './site.ts';

const HOUR_MS = 3_600_000;
const DATABASE = 'fleet';
const CUTS_EVERY_MS = 200;
/** The server is away for so long after each crash. */
const AWAY_MS = 1000;
/** Longer than it can take; then the bench has failed. */
const PATIENCE_MS = 300_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const secondsSince = (startMs: number) => (performance.now() - startMs) / 1000;

/** As an owner does: a user without rights but on its own database. */
async function prepare(server: Postgres): Promise<SlotExport> {
  const admin = await server.client();
  await admin.query(`CREATE USER spillway PASSWORD 'fleet'`);
  await admin.query(`CREATE DATABASE ${DATABASE} OWNER spillway`);
  await admin.end();
  return SlotExport.parse({
    host: '127.0.0.1',
    port: server.port,
    database: DATABASE,
    user: 'spillway',
    secret: 'postgres',
    tls: 'off',
  });
}

async function writePast(options: SiteOptions, sites: number, days: number): Promise<void> {
  const workers = Math.min(4, availableParallelism());
  const numbers = Array.from({ length: sites }, (_, number) => number);
  await Promise.all(
    Array.from({ length: workers }, (_, mine) => {
      const workerData: PastOptions = { ...options, days, numbers: numbers.filter((n) => n % workers === mine) };
      const worker = new Worker(new URL('./past-worker.ts', import.meta.url), { workerData });
      return new Promise<void>((resolve, reject) => {
        worker.once('error', reject);
        worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      });
    }),
  );
}

const waitingOf = (fleet: readonly FleetSite[]) => fleet.reduce((sum, site) => sum + site.waiting(), 0);

/** Cuts the connections of two sites, again and again. @returns how many were cut, when told to end */
function cutAtRandom(server: Postgres) {
  let cuts = 0;
  let ending = false;
  const running = (async () => {
    while (!ending) {
      await wait(CUTS_EVERY_MS);
      // While the server is away nobody can be cut.
      const admin = await server.client().catch(() => undefined);
      const cut = await admin
        ?.query(`SELECT pg_terminate_backend(pid) FROM (
          SELECT pid FROM pg_stat_activity WHERE usename = 'spillway' ORDER BY random() LIMIT 2) AS chosen`)
        .catch(() => undefined);
      cuts += cut?.rowCount ?? 0;
      await admin?.end().catch(() => undefined);
    }
  })();
  return async () => {
    ending = true;
    await running;
    return cuts;
  };
}

/** A day's prices become known after the fact, and an hour is lived meanwhile. */
async function liveOn(fleet: readonly FleetSite[]): Promise<number> {
  let changed = 0;
  for (const { ledger, live } of fleet) {
    const endMs = ledger.span()?.endMs ?? 0;
    changed += await ledger.fillPrices([{ startMs: endMs - 6 * HOUR_MS, endMs, exportPerKwh: 0.09 }]);
    live(HOUR_MS, true);
    await wait(0);
  }
  return changed;
}

async function exportAll(server: Postgres, fleet: readonly FleetSite[]): Promise<{ slots: number; seconds: number }> {
  const endCuts = cutAtRandom(server);
  const startMs = performance.now();
  for (const site of fleet) site.beginExport();
  let slots = waitingOf(fleet);
  const until = async (left: number) => {
    while (waitingOf(fleet) > left) {
      if (performance.now() - startMs > PATIENCE_MS) throw new Error(`${waitingOf(fleet)} slots still wait`);
      await wait(20);
    }
  };
  const crash = async (left: number) => {
    await until(left);
    await server.crash();
    say(`the server crashed; ${waitingOf(fleet)} slots wait`);
    await wait(AWAY_MS);
    await server.start();
  };
  await crash(slots * 0.75);
  await crash(slots * 0.45);
  const before = waitingOf(fleet);
  const changed = await liveOn(fleet);
  slots += changed + fleet.length * (HOUR_MS / 300_000);
  say(`${changed} slots were priced late; ${before} slots waited before, ${waitingOf(fleet)} after`);
  await crash(slots * 0.1);
  await until(0);
  const seconds = secondsSince(startMs);
  const cuts = await endCuts();
  if (cuts === 0) throw new Error('no connection was cut');
  say(`${cuts} connections cut, 3 crashes; ${slots} slots confirmed in ${seconds.toFixed(1)} s`);
  return { slots, seconds };
}

async function compareAll(client: pg.Client, fleet: readonly FleetSite[]) {
  const sum = { slots: 0, rows: 0, lost: 0, duplicated: 0 };
  for (const { id, ledger } of fleet) {
    const slots = await slotsOf(ledger);
    const compared = await compareExport(client, id, slots);
    sum.slots += slots.length;
    sum.rows += compared.rows;
    sum.lost += compared.lost;
    sum.duplicated += compared.duplicated;
  }
  const { rows } = await client.query<{ sites: number; rows: number }>(
    `SELECT (SELECT count(*) FROM spillway.site)::int AS sites,
      (SELECT count(*) FROM spillway.slot)::int + (SELECT count(*) FROM spillway.slot_load)::int AS rows`,
  );
  if (rows[0]?.sites !== fleet.length || rows[0].rows !== sum.rows)
    throw new Error(`${rows[0]?.sites} sites with ${rows[0]?.rows} rows are there; ${sum.rows} rows were looked at`);
  return sum;
}

async function main(sites: number, days: number) {
  await using server = await postgres();
  const dir = mkdtempSync(join(tmpdir(), 'spillway-fleet-'));
  const options = { dir, server: await prepare(server) };
  let fleet: FleetSite[] = [];
  try {
    const startMs = performance.now();
    await writePast(options, sites, days);
    say(`${sites} ledgers of ${days} days written in ${secondsSince(startMs).toFixed(0)} s`);
    fleet = Array.from({ length: sites }, (_, number) => openSite(options, number));
    const { slots, seconds } = await exportAll(server, fleet);
    await Promise.all(fleet.map((site) => site.stopExport()));
    const client = await server.client(DATABASE);
    const compared = await compareAll(client, fleet);
    await client.end();
    say(`${compared.slots} slots of the ledgers compared with ${compared.rows} rows, figure by figure`);
    return {
      'fleet.sites': sites,
      'fleet.slotsPerSecond': Math.round(slots / seconds),
      'fleet.lost': compared.lost,
      'fleet.duplicated': compared.duplicated,
    };
  } finally {
    await Promise.all(fleet.map((site) => site.stopExport()));
    for (const site of fleet) site.end();
    rmSync(dir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    sites: { type: 'string', default: '200' },
    days: { type: 'string', default: '2' },
  },
});
const figures = await main(Number(values.sites), Number(values.days));
for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(22)} ${value}`);
const peakMb = process.resourceUsage().maxRSS / 1024;
say(`peak memory ${peakMb.toFixed(0)} MB; load average ${loadavg()[0]?.toFixed(1)}`);
if (figures['fleet.lost'] > 0 || figures['fleet.duplicated'] > 0) throw new Error('slots were lost or doubled');
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ figures }, undefined, 1)}\n`);
