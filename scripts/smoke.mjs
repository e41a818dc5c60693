// Starts `npm start -- --headless` as a new user does, waits until /healthz answers, and stops it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const startMs = 180_000;
const stopMs = 20_000;

const data = mkdtempSync(join(tmpdir(), 'spillway-smoke-'));
const args = ['start', '--silent', '--', '--headless', '--site', 'home', '--port', '0', '--data', data];
const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
const exited = new Promise((resolve) => child.once('exit', resolve));
const late = (ms, what) =>
  new Promise((_resolve, reject) => setTimeout(() => reject(new Error(`${what} within ${ms / 1000} s`)), ms).unref());

function printedOrigin() {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (address) resolve(address[0]);
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with code ${code} without printing an address`)));
  });
}

/** The whole group: npm does not hand signals on to what it started. */
function signal(name) {
  if (child.pid !== undefined) process.kill(-child.pid, name);
}

async function healthy(origin) {
  for (;;) {
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
    const health = answer?.ok ? await answer.json() : undefined;
    if (health?.loads?.length > 0 && health.snapshotAgeMs !== undefined) return health;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

try {
  const origin = await Promise.race([printedOrigin(), late(startMs, 'no address was printed')]);
  const health = await Promise.race([healthy(origin), late(startMs, '/healthz did not answer with a reading')]);
  console.log(`healthz: ${JSON.stringify(health)}`);
  signal('SIGTERM');
  await Promise.race([exited, late(stopMs, 'npm start did not end after SIGTERM')]);
  console.log('1 passed, 0 failed');
} catch (cause) {
  console.error(`smoke: ${cause.message}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  try {
    signal('SIGKILL');
  } catch {
    // It is gone already, as it should be.
  }
  rmSync(data, { recursive: true, force: true });
}
