// npm run bench:app [-- --json FILE]: the packaged app against a bare Electron window, in the same run.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { cpuPercent, holderOf, residentMb } from './processes.ts';
import { startWatched, type WatchedApp } from './watched-app.ts';

const ROUNDS = 5;
const SETTLE_MS = 5_000;
const CPU_S = 30;
/** What each figure may be at most (issue 2, Speed). */
const LIMITS = {
  'app.firstFigureRatio': 1.8,
  'app.rssRatio': 1.6,
  'app.jsGzipKb': 350,
  'app.engineCpuPercent': 3,
};

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const { SPILLWAY_APP: packaged, SPILLWAY_ELECTRON: electron } = process.env;
if (!packaged || !electron) throw new Error('Run this as `npm run bench:app`: it prepares the packaged app.');
if (process.platform !== 'linux') throw new Error('bench:app reads /proc: it runs on Linux only.');

const folder = import.meta.dirname;
const renderer = join(folder, '../../../out/renderer');
/** A power that was read: energies of the day ("0.00 kWh") stand there before any device has answered. */
const LIVE_FIGURE = String.raw`/\d\s?k?W(?!h)/.test(document.querySelector('main')?.textContent ?? '')`;
const startApp = () => startWatched(packaged, ['--site', 'home'], LIVE_FIGURE);
const startBare = () => startWatched(electron, [join(folder, 'bare')], `document.body?.textContent`);

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function measure(start: () => Promise<WatchedApp>) {
  const app = await start();
  await wait(SETTLE_MS);
  const measured = { firstMs: app.seenAfterMs, rssMb: residentMb(app.pid) };
  await app.close();
  return measured;
}

/** Scripts that were there when the first figure was seen, as a server would send them. */
async function scriptsGzipKb(app: WatchedApp): Promise<number> {
  const scripts = (await app.evaluate('window.seenScripts')) as string[];
  const paths = scripts.map((address) => new URL(address).pathname);
  if (paths.length === 0) throw new Error('the page names no script that it loaded');
  const bytes = [...new Set(paths)].map((path) => gzipSync(readFileSync(join(renderer, path))).length);
  return bytes.reduce((sum, part) => sum + part, 0) / 1000;
}

async function engineCpuPercent(app: WatchedApp): Promise<number> {
  const engine = holderOf(app.pid, '.sqlite');
  if (engine === undefined) throw new Error('no process of the app holds a database open');
  return cpuPercent(engine, CPU_S);
}

// The first start of each fills the disk cache.
await measure(startBare);
await measure(startApp);
const bare = [];
const app = [];
for (let round = 0; round < ROUNDS; round += 1) {
  bare.push(await measure(startBare));
  app.push(await measure(startApp));
}
const running = await startApp();
await wait(SETTLE_MS);
const jsGzipKb = await scriptsGzipKb(running);
const cpu = await engineCpuPercent(running);
await running.close();

const firstMs = { app: median(app.map((run) => run.firstMs)), bare: median(bare.map((run) => run.firstMs)) };
const rssMb = { app: median(app.map((run) => run.rssMb)), bare: median(bare.map((run) => run.rssMb)) };
const rounded = (value: number) => Math.round(value * 100) / 100;
const figures: Record<keyof typeof LIMITS, number> = {
  'app.firstFigureRatio': rounded(firstMs.app / firstMs.bare),
  'app.rssRatio': rounded(rssMb.app / rssMb.bare),
  'app.jsGzipKb': rounded(jsGzipKb),
  'app.engineCpuPercent': rounded(cpu),
};

console.log(`first figure ${firstMs.app.toFixed(0)} ms, bare first paint ${firstMs.bare.toFixed(0)} ms`);
console.log(`resident ${rssMb.app.toFixed(0)} MB, bare ${rssMb.bare.toFixed(0)} MB`);
for (const [name, limit] of Object.entries(LIMITS)) {
  const value = figures[name as keyof typeof LIMITS];
  console.log(`${name} ${value} (at most ${limit})${value > limit ? '  TOO MUCH' : ''}`);
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ figures }, null, 2)}\n`);
