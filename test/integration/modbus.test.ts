import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { plantAdapters } from '#engine/devices/registry.ts';
import type { Connection } from '#shared/device.ts';
import { plantDevice, testPorts } from '../devices/plant.ts';
import { manualClock } from '#engine/system/manual-clock.ts';
import { faultyModbus, type ModbusFault } from '../support/faulty-modbus.ts';
import { sunspecImage } from '../devices/sunspec-image.ts';
import { pymodbus, start } from './processes.ts';

const signal = new AbortController().signal;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const adapter of open.splice(0)) await adapter.close();
});

function adapter(family: string, connection: Connection) {
  const opened = plantAdapters[family]?.(plantDevice('d', ['production', 'grid'], { family, connection }), testPorts());
  if (!opened) throw new Error(`no family ${family}`);
  open.push(opened);
  return opened;
}

it('reads a SunSpec inverter and meter that pymodbus serves over TCP, and sees a change', async () => {
  const { image, at } = sunspecImage();
  await using server = await pymodbus('tcp', '127.0.0.1', 1, { holding: image });
  const device = adapter('sunspec', { transport: 'modbus-tcp', host: '127.0.0.1', port: server.port, unit: 1 });
  const expected = {
    production: 2500,
    export: 800,
    import: 0,
    exportTotal: 4000,
    importTotal: 3000,
    gridFrequency: 50.02,
    status: 'ok',
    model: 'Tester 6',
  };
  expect(await device.read(signal)).toMatchObject({ outcome: 'ok', reading: expected });
  server.set('holding', (at['model103'] ?? 0) + 14, 260);
  await vi.waitFor(async () => expect(await device.read(signal)).toMatchObject({ reading: { production: 2600 } }));
});

it('finds the models at 50000, and says throttled when the inverter does', async () => {
  await using server = await pymodbus('tcp', '127.0.0.1', 3, {
    holding: sunspecImage(50000, { state: 5, acW: 1000 }).image,
  });
  const device = adapter('sunspec', { transport: 'modbus-tcp', host: '127.0.0.1', port: server.port, unit: 3 });
  expect(await device.read(signal)).toMatchObject({
    reading: { production: 1000, curtailed: true, curtailmentCause: 'unknown' },
  });
});

it('names the unit that does not answer', async () => {
  await using server = await pymodbus('tcp', '127.0.0.1', 1, { holding: sunspecImage().image });
  const device = adapter('sunspec', { transport: 'modbus-tcp', host: '127.0.0.1', port: server.port, unit: 9 });
  const found = await device.read(signal);
  expect(found).toMatchObject({ outcome: 'failed', fault: { message: expect.stringContaining('unit 9') as unknown } });
});

it('comes back after the device was restarted at the same port', async () => {
  const { image } = sunspecImage();
  const first = await pymodbus('tcp', '127.0.0.1', 1, { holding: image });
  const device = adapter('sunspec', { transport: 'modbus-tcp', host: '127.0.0.1', port: first.port, unit: 1 });
  expect((await device.read(signal)).outcome).toBe('ok');
  await first[Symbol.asyncDispose]();
  expect(await device.read(signal)).toMatchObject({ outcome: 'failed', fault: { kind: 'unreachable' } });
  await using _second = await pymodbus('tcp', `127.0.0.1:${first.port}`, 1, { holding: image });
  expect((await device.read(signal)).outcome).toBe('ok');
});

it.each<[string, ModbusFault, string]>([
  ['cuts the wire in the middle', 'cut', 'unreachable'],
  ['answers nonsense', 'garbage', 'changed-identity'],
  ['says that its target is asleep', 'asleep', 'unreachable'],
])('a gateway before pymodbus that %s is a typed failure, and well again afterwards', async (_, fault, kind) => {
  await using server = await pymodbus('tcp', '127.0.0.1', 1, { holding: sunspecImage().image });
  const wire = await faultyModbus(server.port, manualClock());
  const device = adapter('sunspec', { transport: 'modbus-tcp', host: '127.0.0.1', port: wire.port, unit: 1 });
  expect((await device.read(signal)).outcome).toBe('ok');
  wire.faults.set(1, fault);
  expect(await device.read(signal)).toMatchObject({ outcome: 'failed', fault: { kind } });
  wire.faults.clear();
  await vi.waitFor(async () => expect(await device.read(signal)).toMatchObject({ reading: { production: 2500 } }));
  await device.close();
  await wire.close();
});

it('waits for a slow gateway', async () => {
  await using server = await pymodbus('tcp', '127.0.0.1', 1, { holding: sunspecImage().image });
  const clock = manualClock();
  const wire = await faultyModbus(server.port, clock);
  wire.faults.set(1, { laterS: 1 });
  const device = adapter('sunspec', { transport: 'modbus-tcp', host: '127.0.0.1', port: wire.port, unit: 1 });
  let done = false;
  const read = device.read(signal).finally(() => (done = true));
  while (!done) await clock.advance(1000);
  expect(await read).toMatchObject({ outcome: 'ok', reading: { production: 2500 } });
  await device.close();
  await wire.close();
});

it('reads a meter over a serial line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-pty-'));
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
  try {
    await using _line = await start(
      'socat',
      ['-d', '-d', `pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`],
      /starting data transfer loop/,
    );
    // 230 V; 400 W in sum; 50 Hz, 100 kWh and 10 kWh.
    const float = { 0: 0x4366, 12: 0x4348, 14: 0x4348, 16: 0, 0x34: 0x43c8, 0x46: 0x4248, 0x48: 0x42c8, 0x4a: 0x4120 };
    const input = Object.fromEntries([
      ...Array.from({ length: 0x4c }, (_, i) => [i, 0] as const),
      ...Object.entries(float),
    ]);
    await using _server = await pymodbus('rtu', theirs, 1, { input });
    const device = adapter('eastron-sdm630', {
      transport: 'modbus-rtu',
      path: ours,
      baudRate: 9600,
      parity: 'none',
      stopBits: 1,
      unit: 1,
    });
    expect(await device.read(signal)).toMatchObject({
      outcome: 'ok',
      reading: { import: 400, export: 0, importTotal: 100_000, gridVoltage: 230 },
    });
    await device.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
