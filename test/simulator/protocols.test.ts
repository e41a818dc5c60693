import { once } from 'node:events';
import { connect } from 'node:net';
import ModbusRTU from 'modbus-serial';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#engine/simulator/serve.ts';

const START = Date.UTC(2026, 4, 12, 9);
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({
    name: 'home',
    clock: { wallMs: START, siteMs: START, speed: 1 },
    now: () => nowMs,
  });
});
afterEach(() => simulator.close());

const portOf = (id: string): number => {
  const device = [...simulator.site.devices, ...simulator.site.loads].find((d) => d.id === id);
  return device && 'port' in device.connection ? device.connection.port : 0;
};

async function words(unit: number, address: number, count: number): Promise<number[]> {
  const client = new ModbusRTU();
  await client.connectTCP('127.0.0.1', { port: portOf('inverter') });
  client.setID(unit);
  client.setTimeout(1000);
  try {
    return (await client.readHoldingRegisters(address, count)).data;
  } finally {
    await new Promise<void>((resolve) => client.close(() => resolve()));
  }
}

/** Walks the models as a client does that knows nothing but the marker. */
async function modelsOf(unit: number): Promise<Map<number, number[]>> {
  expect(await words(unit, 40_000, 2)).toEqual([0x5375, 0x6e53]);
  const models = new Map<number, number[]>();
  for (let at = 40_002; ;) {
    const [id = 0, length = 0] = await words(unit, at, 2);
    if (id === 0xffff) return models;
    models.set(id, await words(unit, at, length + 2));
    at += length + 2;
  }
}

const signed = (word = 0) => (word << 16) >> 16;

test('a plain Modbus client reads the plant as it is', async () => {
  nowMs += 60_000;
  const inverter = await modelsOf(1);
  const meter = await modelsOf(240);
  const { plant } = simulator.truth();
  expect([...inverter.keys()]).toEqual([1, 103, 120, 121, 122, 123, 160, 124, 802]);
  expect([...meter.keys()]).toEqual([1, 203]);
  const acW = plant.productionW - plant.lossW + plant.dischargeW - plant.chargeW;
  expect(signed(inverter.get(103)?.[14])).toBeCloseTo(acW, -1);
  const strings = inverter.get(160) ?? [];
  expect((strings[21] ?? 0) + (strings[41] ?? 0)).toBeCloseTo(plant.productionW, -1);
  expect(strings[61]).toBe(Math.round(plant.chargeW));
  expect((inverter.get(802)?.[11] ?? 0) / 100).toBeCloseTo(plant.socPercent, 1);
  expect(-signed(inverter.get(802)?.[47])).toBe(Math.round(plant.chargeW));
  const gridW = signed(meter.get(203)?.[18]);
  expect(Math.abs(gridW - (plant.importW - plant.exportW))).toBeLessThan(7);
  expect(inverter.get(122)?.[31]).toBe(0xffff);
});

test('readings of one second agree, and change with the next', async () => {
  const first = await words(240, 40_070, 105);
  expect(await words(240, 40_070, 105)).toEqual(first);
  nowMs += 1000;
  expect(await words(240, 40_070, 105)).not.toEqual(first);
});

test('a held-back inverter says so', async () => {
  nowMs += 3.2 * 3600_000;
  const { plant } = simulator.truth();
  expect(plant).toMatchObject({ throttled: true });
  expect((await modelsOf(1)).get(103)?.[38]).toBe(5);
});

test.each([
  ['a unit that is not there', () => words(7, 40_000, 2), 11],
  ['an address before the map', () => words(1, 100, 2), 2],
  ['an address behind the map', () => words(1, 41_000, 2), 2],
])('%s is refused', async (_name, ask, code) => {
  await expect(ask()).rejects.toMatchObject({ modbusCode: code });
});

async function ask(request: string): Promise<string> {
  const socket = connect(portOf('asic'), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.write(request);
  await once(socket, 'close');
  return answer;
}
async function cgminer(command: string, parameter?: string) {
  const answer = await ask(JSON.stringify({ command, parameter }));
  expect(answer.endsWith('\0')).toBe(true);
  return JSON.parse(answer.slice(0, -1)) as Record<string, Record<string, unknown>[]>;
}

test('the ASIC starts, ramps and pauses by the CGMiner API', async () => {
  expect((await cgminer('check', 'pause'))['CHECK']?.[0]).toEqual({ Exists: 'Y', Access: 'Y' });
  expect((await cgminer('ascset', '0,help'))['STATUS']?.[0]).toMatchObject({
    STATUS: 'I',
    Code: 118,
    Msg: 'ASC 0 set info: power: range 944-3050 W',
  });
  expect((await cgminer('ascset', '0,power,2000'))['STATUS']?.[0]).toMatchObject({ STATUS: 'S', Code: 119 });
  await cgminer('resume');
  nowMs += 60_000;
  expect((await cgminer('summary'))['SUMMARY']?.[0]).toMatchObject({ 'MHS 5s': 0, Power: 150, 'Power Limit': 2000 });
  nowMs += 200_000;
  const [summary] = (await cgminer('summary'))['SUMMARY'] ?? [];
  expect(summary).toMatchObject({ Power: 2000 });
  expect(Number(summary?.['MHS 5s']) / 1e6).toBeGreaterThan(110);
  await cgminer('pause');
  nowMs += 30_000;
  expect((await cgminer('devs'))['DEVS']?.[0]).toMatchObject({ Enabled: 'N', 'MHS 5s': 0 });
  expect(simulator.truth().loads['asic']).toMatchObject({ phase: 'paused', drawW: 14, starts: 1 });
});

test.each([
  [JSON.stringify({ command: 'frobnicate' }), 14],
  ['{"command":}', 23],
  ['{"parameter":"0"}', 24],
  [JSON.stringify({ command: 'ascset', parameter: '1,power,1000' }), 107],
  [JSON.stringify({ command: 'ascset', parameter: '0' }), 116],
  [JSON.stringify({ command: 'ascset', parameter: '0,power,100' }), 120],
  [JSON.stringify({ command: 'ascset', parameter: '0,power,99999' }), 120],
  [JSON.stringify({ command: 'ascset', parameter: '0,voltage,12' }), 120],
])('%s is answered with code %s', async (request, code) => {
  const { STATUS } = JSON.parse((await ask(request)).slice(0, -1)) as { STATUS: { Code: number; STATUS: string }[] };
  expect(STATUS[0]).toMatchObject({ STATUS: 'E', Code: code });
  expect(simulator.truth().loads['asic']).toMatchObject({ targetW: 944, wanted: 'pause' });
});

test('half a request gets no answer', async () => {
  const socket = connect(portOf('asic'), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.end('{"command":');
  await once(socket, 'close');
  expect(answer).toBe('');
});

test('a text request gets a text answer', async () => {
  expect(await ask('version')).toMatch(
    /^STATUS=S,When=\d+,Code=22,Msg=CGMiner versions,.*\|VERSION,CGMiner=4.12.0,.*\|\0$/,
  );
});

test('a small miner pauses and resumes by the AxeOS API', async () => {
  const base = `http://127.0.0.1:${portOf('small-1')}`;
  const info = async () => (await (await fetch(`${base}/api/system/info`)).json()) as Record<string, unknown>;
  expect(await info()).toMatchObject({ miningPaused: true, hashRate: 0, power: 2.4 });
  expect((await fetch(`${base}/api/system/resume`, { method: 'POST' })).status).toBe(200);
  nowMs += 8_000;
  expect(await info()).toMatchObject({ miningPaused: false, hashRate: 0, power: 4 });
  nowMs += 20_000;
  expect(await info()).toMatchObject({ power: 18, ASICModel: 'BM1370' });
  expect(Number((await info())['hashRate'])).toBeGreaterThan(1000);
  await fetch(`${base}/api/system`, { method: 'PATCH', body: JSON.stringify({ frequency: 625 }) });
  nowMs += 20_000;
  expect(await info()).toMatchObject({ power: 22, frequency: 625 });
  await fetch(`${base}/api/system/pause`, { method: 'POST' });
  nowMs += 20_000;
  expect(await info()).toMatchObject({ miningPaused: true, power: 2.4 });
});

test.each([
  ['GET', '/api/system/nothing', {}, undefined, 404],
  ['GET', '/api/system/pause', {}, undefined, 404],
  ['PATCH', '/api/system', {}, '{', 400],
  ['PATCH', '/api/system', {}, '{"frequency":9000}', 400],
  ['POST', '/api/system/resume', { origin: 'https://evil.example' }, undefined, 401],
] as const)('AxeOS %s %s %j %s → %d', async (method, path, headers, body, status) => {
  const url = `http://127.0.0.1:${portOf('small-1')}${path}`;
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  expect(answer.status).toBe(status);
  expect(simulator.truth().loads['small-1']).toMatchObject({ wanted: 'pause' });
});

test('a crashed simulator comes back on the same ports', async () => {
  const { site } = simulator;
  await simulator.close();
  nowMs += 600_000;
  simulator = await startSimulator({
    name: 'home',
    clock: { wallMs: START, siteMs: START, speed: 1 },
    now: () => nowMs,
    resumed: site,
    socPercent: 81,
  });
  expect(simulator.site).toEqual(site);
  expect(simulator.truth().plant).toMatchObject({ atMs: nowMs, socPercent: 81 });
});
