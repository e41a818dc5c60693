import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Site } from '#shared/site.ts';
import { strangeCommands } from '#engine/miners/command-origin.ts';
import { parseGpu } from '#engine/miners/gpu.ts';
import { metricsWaiting, ollamaWaiting, slotsWaiting } from '#engine/miners/waiting.ts';
import { httpPeer } from '../support/loopback.ts';
import { driverOf, NOON_MS, run, signal, STOP } from '../support/miners.ts';
import type { LoadConnection } from '#shared/device.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'spillway-compute-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = process.execPath;
const argvOf = (...args: [string, ...string[]]): [string, ...string[]] => args;
const connect = (change: Partial<Extract<LoadConnection, { transport: 'process' }>>): LoadConnection => ({
  transport: 'process',
  start: argvOf(node, '-e', 'setInterval(() => {}, 1000)'),
  nvidiaSmi: 'nvidia-smi',
  ...change,
});
const open = (change: Parameters<typeof connect>[0], setup = {}) => driverOf('process', connect(change), { setup });

/** A program in place of nvidia-smi, with a limit that lasts. */
function fakeGpu(refuses = false): string {
  const tool = join(folder, `smi-${refuses}.mjs`);
  const limit = join(folder, `limit-${refuses}`);
  writeFileSync(limit, '350');
  writeFileSync(
    tool,
    `#!${node}
import { readFileSync, writeFileSync } from 'node:fs';
const at = process.argv.indexOf('-pl');
if (at > 0) {
  if (${refuses}) { console.log('Insufficient Permissions'); process.exit(4); }
  writeFileSync('${limit}', process.argv[at + 1]);
} else console.log('Simulated RTX, 61.5, ' + readFileSync('${limit}') + '.00, 100.00, 450.00, 48');
`,
  );
  chmodSync(tool, 0o755);
  return tool;
}

async function until(what: () => boolean): Promise<void> {
  for (const end = performance.now() + 10_000; !what() && performance.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a local program', () => {
  it('is started, seen, stopped, and not started twice', async () => {
    const mark = join(folder, 'pids');
    const driver = open({
      start: argvOf(
        node,
        '-e',
        `require('fs').appendFileSync(${JSON.stringify(mark)}, process.pid + '\\n'); setInterval(() => {}, 1000)`,
      ),
    });
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    await driver.command(run(300), signal);
    await driver.command(run(300), signal);
    await until(() => existsSync(mark));
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'mining' } });
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: ['stop'] } });
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    expect(readFileSync(mark, 'utf8').trim().split('\n')).toHaveLength(1);
    await driver.close();
  });

  it('is ended when it ignores the first signal', async () => {
    const mark = join(folder, 'stubborn');
    const script = `process.on('SIGTERM', () => require('fs').writeFileSync(${JSON.stringify(mark)}, 'heard')); require('fs').writeFileSync(${JSON.stringify(`${mark}-up`)}, ''); setInterval(() => {}, 1000)`;
    const driver = open({ start: argvOf(node, '-e', script) }, { graceS: 0.3 });
    await driver.command(run(300), signal);
    await until(() => existsSync(`${mark}-up`));
    await driver.command(STOP, signal);
    expect(readFileSync(mark, 'utf8')).toBe('heard');
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    await driver.close();
  });

  it('says when it ended by itself, and when it is not there', async () => {
    const driver = open({ start: argvOf(node, '-e', 'process.exit(3)') });
    await driver.command(run(300), signal);
    for (let n = 0; n < 200; n++) {
      const reading = await driver.read(signal);
      if (reading.outcome === 'ok' && reading.value.state === 'fault') break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'fault' } });
    const missing = open({ start: argvOf('/nowhere/miner') });
    expect(await missing.command(run(300), signal)).toMatchObject({
      fault: { kind: 'unsupported', message: expect.stringContaining('/nowhere/miner') },
    });
  });

  it.runIf(process.platform === 'linux')('is halted where it is and goes on, where its owner wants that', async () => {
    const mark = join(folder, 'halted');
    const script = `const fs = require('fs'); fs.writeFileSync('${mark}-pid', String(process.pid)); setInterval(() => fs.appendFileSync('${mark}', '.'), 5)`;
    const start = argvOf(node, '-e', script);
    const driver = open({ start }, { pause: true });
    await driver.command(run(300), signal);
    await until(() => existsSync(mark));
    const pid = readFileSync(`${mark}-pid`, 'utf8');
    const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: ['halt'] } });
    await until(() => state() === 'T');
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: [] } });

    // As after a crash of ours: it is found again, halted, and goes on.
    const again = open({ start }, { pause: true });
    expect(await again.read(signal)).toMatchObject({ value: { state: 'paused' } });
    const before = readFileSync(mark, 'utf8').length;
    expect(await again.command(run(300), signal)).toMatchObject({ value: { wrote: ['continue'] } });
    await until(() => readFileSync(mark, 'utf8').length > before);
    expect(readFileSync(`${mark}-pid`, 'utf8')).toBe(pid);
    await again.command(STOP, signal);
    await again.close();
    await until(() => !existsSync(`/proc/${pid}`) || state() === 'Z');
    await driver.close();
  });

  it('says on Windows that a program cannot be halted there', async () => {
    const driver = open({ start: argvOf(node, '-e', '0') }, { pause: true });
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    const told = await driver.capabilities(signal);
    Object.defineProperty(process, 'platform', { value: platform });
    expect(told).toMatchObject({
      fault: { kind: 'unsupported', message: expect.stringContaining('leave "pause" out') },
    });
  });

  it.runIf(process.platform === 'linux')('is found again after a crash of ours, and stopped', async () => {
    const start = argvOf(node, '-e', `setInterval(() => {}, 1000) // ${folder}`);
    const crashed = open({ start });
    await crashed.command(run(300), signal);
    const driver = open({ start });
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'mining' } });
    expect(await driver.command(STOP, signal)).toMatchObject({ value: { wrote: ['stop'] } });
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    await crashed.close();
    const other = open({ start: argvOf(node, '-e', 'setInterval(() => {}, 1000) // other') });
    expect(await other.read(signal)).toMatchObject({ value: { state: 'paused' } });
  });

  it('never meets a shell', async () => {
    const mark = join(folder, 'shell');
    const driver = open({
      start: argvOf(node, '-e', 'setInterval(() => {}, 1000)', `; touch ${mark}`, `$(touch ${mark})`),
    });
    await driver.command(run(300), signal);
    await driver.close();
    expect(existsSync(mark)).toBe(false);
  });

  it('as a service: its own commands, and one that tells', async () => {
    const flag = join(folder, 'service');
    const js = (code: string) => argvOf(node, '-e', `const fs = require('fs'); ${code}`);
    const driver = open({
      start: js(`fs.writeFileSync('${flag}', '')`),
      stop: js(`fs.rmSync('${flag}')`),
      running: js(`process.exit(fs.existsSync('${flag}') ? 0 : 1)`),
      busy: js(`process.exit(0)`),
    });
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'paused' } });
    await driver.command(run(300), signal);
    expect(await driver.read(signal)).toMatchObject({ value: { state: 'mining' } });
    expect(await driver.waiting?.(signal)).toBe(true);
    await driver.command(STOP, signal);
    expect(existsSync(flag)).toBe(false);
    await driver.close();
  });
});

describe('its GPU', () => {
  it('gives the levels, is limited before the start, and only when it must be', async () => {
    const driver = open({ gpu: 0, nvidiaSmi: fakeGpu() });
    expect(await driver.capabilities(signal)).toMatchObject({
      value: { kind: 'compute', levels: { kind: 'range', minW: 100, maxW: 450, stepW: 5 } },
    });
    expect(await driver.command(run(252), signal)).toMatchObject({
      value: { wrote: ['power limit 250 W', expect.stringMatching(/^start/)] },
    });
    expect(await driver.command(run(251), signal)).toMatchObject({ value: { wrote: [] } });
    expect(await driver.read(signal)).toMatchObject({
      value: { draw: 61.5, drawSource: 'measured', temperature: 48, powerTarget: 250, model: 'Simulated RTX' },
    });
    await driver.close();
  });

  it('may not be limited: one level, and a word about it', async () => {
    const driver = open({ gpu: 0, nvidiaSmi: fakeGpu(true) });
    await driver.capabilities(signal);
    expect(await driver.command(run(250), signal)).toMatchObject({
      fault: { kind: 'refused', message: expect.stringContaining('rights') },
    });
    expect(await driver.capabilities(signal)).toMatchObject({ value: { levels: { kind: 'steps', watts: [350] } } });
    await driver.close();
  });

  it.each([
    [
      'Card, 10.5, 200.00, 100.00, 250.00, 40',
      { name: 'Card', drawW: 10.5, limitW: 200, minW: 100, maxW: 250, celsius: 40 },
    ],
    ['Card, [N/A], [Not Supported], , 250.00, N/A', { name: 'Card', maxW: 250 }],
    ['', {}],
  ])('%s', (line, state) => expect(parseGpu(line)).toEqual(state));
});

describe('waiting work', () => {
  const expires = (inS: number) => ({
    models: [{ size_vram: 1, expires_at: new Date(NOON_MS + inS * 1000).toISOString() }],
  });
  it.each([
    [expires(299), true],
    [expires(200), false],
    [{ models: [] }, false],
  ])('Ollama %j', (reply, waiting) => expect(ollamaWaiting(reply, NOON_MS)).toBe(waiting));

  it.each([
    [[{ is_processing: false }, { is_processing: true }], true],
    [[{ state: 0 }], false],
    [{ error: 'no slots' }, undefined],
  ])('slots %j', (reply, waiting) => expect(slotsWaiting(reply)).toBe(waiting));

  it.each([
    ['# HELP x\nllamacpp:requests_processing 0\nllamacpp:requests_deferred 2\n', true],
    ['llamacpp:requests_processing 0\nllamacpp:requests_deferred 0\n', false],
    ['other 1\n', undefined],
  ])('metrics %j', (text, waiting) => expect(metricsWaiting(text)).toBe(waiting));

  it('is asked of a llama-server with a queue', async () => {
    const queue = { busy: 0, deferred: 1 };
    await using peer = await httpPeer(({ path }) =>
      path === '/slots'
        ? { body: [{ id: 0, is_processing: queue.busy > 0 }] }
        : { body: `llamacpp:requests_processing ${queue.busy}\nllamacpp:requests_deferred ${queue.deferred}\n` },
    );
    const driver = open({}, { 'llama-server': `http://127.0.0.1:${peer.port}` });
    expect(await driver.waiting?.(signal)).toBe(true);
    queue.deferred = 0;
    expect(await driver.waiting?.(signal)).toBe(false);
    await driver.close();
    await peer[Symbol.asyncDispose]();
    const gone = open({}, { 'llama-server': `http://127.0.0.1:${peer.port}` });
    expect(await gone.waiting?.(signal)).toBeUndefined();
  });
});

describe('commands', () => {
  const site = (loads: object[]) =>
    Site.parse({ version: 1, id: 'home', name: 'Home', timeZone: 'UTC', currency: 'EUR', loads });
  const job = (id: string, start: string[]) => ({
    id,
    name: id,
    family: 'process',
    connection: { transport: 'process', start },
  });

  it('come from the site file alone: new or changed ones are strange', () => {
    const before = site([job('a', ['/bin/job', 'x'])]);
    expect(strangeCommands(before, site([{ ...job('a', ['/bin/job', 'x']), name: 'Renamed' }]))).toEqual([]);
    expect(strangeCommands(before, site([]))).toEqual([]);
    expect(strangeCommands(before, site([job('a', ['/bin/job', 'y'])]))).toEqual(['loads.0.connection']);
    expect(strangeCommands(before, site([job('a', ['/bin/job', 'x']), job('b', ['rm'])]))).toEqual([
      'loads.1.connection',
    ]);
  });
});
