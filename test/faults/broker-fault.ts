import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { createMiner } from '#engine/simulator/miner.ts';
import { freePort, start, type Running } from '../integration/processes.ts';
import type { Fault, Wires } from './fault.ts';

const HEATER_W = 500;

/** A real Mosquitto, and behind it a switched heater. */
interface Broker {
  port: number;
  run(): Promise<void>;
  stop(): Promise<void>;
  /** Until so many clients beside the heater listen. */
  heard(clients: number): Promise<void>;
  end(): Promise<void>;
}
const brokers = new WeakMap<Set<string>, Broker>();

export const brokerRestarts: Fault = {
  name: 'broker restarts',
  boundWh: 10,
  unstoppableW: HEATER_W,
  async site(site, _, wires) {
    const broker = await serveHeater(wires);
    brokers.set(wires.unpowered, broker);
    const heater: (typeof site.loads)[number] = {
      id: 'heater',
      name: 'Heater',
      family: 'mqtt-switch',
      connection: { transport: 'mqtt', url: `mqtt://127.0.0.1:${broker.port}`, topic: 'cmnd/heater/POWER' },
      setup: { stateTopic: 'stat/heater/POWER', powerTopic: 'tele/heater/POWER' },
      pollS: 2,
      model: { kind: 'switch', levels: { kind: 'steps', watts: [HEATER_W] }, priority: 0, startW: HEATER_W },
    };
    return { ...site, loads: [...site.loads, heater] };
  },
  inflict: ({ unpowered }) => brokers.get(unpowered)?.stop(),
  async heal({ unpowered, starts, isRunning }) {
    await brokers.get(unpowered)?.run();
    if (isRunning()) await brokers.get(unpowered)?.heard(starts());
  },
  end: ({ unpowered }) => brokers.get(unpowered)?.end(),
};

async function serveHeater({ plant }: Wires): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-broker-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
  const spec = {
    minW: HEATER_W,
    maxW: HEATER_W,
    standbyW: 0,
    startS: 0,
    startW: HEATER_W,
    curve: [],
    poolDifficulty: 1,
  };
  const heater = createMiner({ ...spec, rampUpWps: HEATER_W, rampDownWps: HEATER_W }, 1);
  Object.assign(plant.miners, { heater });
  let running: Running | undefined;
  let said = '';
  const run = async () => {
    running = await start('/usr/sbin/mosquitto', ['-v', '-c', config], /mosquitto version .* running/);
    said = '';
    for (const stream of [running.child.stdout, running.child.stderr])
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  };
  await run();

  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100 });
  const say = () => {
    const on = heater.wanted === 'run';
    client.publish('stat/heater/POWER', on ? 'ON' : 'OFF', { retain: true });
    client.publish('tele/heater/POWER', String(on ? HEATER_W : 0));
  };
  client.on('error', () => undefined);
  client.on('message', (_topic, payload) => {
    heater.wanted = payload.toString() === 'ON' ? 'run' : 'pause';
    say();
  });
  client.on('connect', say);
  await client.subscribeAsync('cmnd/heater/POWER', { qos: 1 });
  say();

  return {
    port,
    run,
    stop: async () => running?.[Symbol.asyncDispose](),
    async heard(clients) {
      const listening = () => said.split('Sending SUBACK').length - 1;
      while (listening() < clients + 1) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async end() {
      await client.endAsync(true);
      await running?.[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
