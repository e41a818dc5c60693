import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startSimulator } from '#engine/simulator/serve.ts';

const START = Date.UTC(2026, 4, 12, 9);
const script = join(import.meta.dirname, 'read_sunspec.py');

interface Seen {
  marker: number[];
  models: Record<string, number[]>;
}

/** Debian's python3-pymodbus; a client that shares no code with ours. */
async function pymodbus(port: number, unit: number): Promise<Seen> {
  const run = promisify(execFile);
  const { stdout } = await run('/usr/bin/python3', [script, String(port), String(unit)]).catch((error: Error) => {
    throw new Error(`pymodbus could not read (it needs: apt install python3-pymodbus): ${error.message}`);
  });
  return JSON.parse(stdout) as Seen;
}

test('pymodbus finds the marker, walks the models and reads the power that is', async () => {
  const nowMs = START + 90_000;
  const simulator = await startSimulator({
    name: 'home',
    clock: { wallMs: START, siteMs: START, speed: 1 },
    now: () => nowMs,
  });
  try {
    const connection = simulator.site.devices[0]?.connection;
    const port = connection?.transport === 'modbus-tcp' ? connection.port : 0;
    const [inverter, meter] = [await pymodbus(port, 1), await pymodbus(port, 240)];
    const { plant } = simulator.truth();
    expect(inverter.marker).toEqual([0x5375, 0x6e53]);
    expect(Object.keys(inverter.models).map(Number)).toEqual([1, 103, 120, 121, 122, 123, 124, 160, 802]);
    const acW = plant.productionW - plant.lossW + plant.dischargeW - plant.chargeW;
    expect(Math.abs(watts(inverter, 103, 14) - acW)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(watts(meter, 203, 18) - (plant.importW - plant.exportW))).toBeLessThan(7);
    const maker = Buffer.from((inverter.models['1'] ?? []).slice(2, 18).flatMap((word) => [word >> 8, word & 0xff]));
    expect(maker.toString().replace(/\0+$/, '')).toBe('Spillway Simulator');
  } finally {
    await simulator.close();
  }
});

const watts = (seen: Seen, model: number, at: number): number => ((seen.models[model]?.[at] ?? 0) << 16) >> 16;
