import type { Connection, LoadDevice } from '#shared/device.ts';
import { answerAxeos, createAxeSettings } from '#engine/simulator/axeos-api.ts';
import { answerCgminer } from '#engine/simulator/cgminer-api.ts';
import { antminerStock } from '#engine/simulator/miners/antminer-stock.ts';
import { avalon, AVALON_1246, AVALON_Q } from '#engine/simulator/miners/avalon.ts';
import { bfgminer } from '#engine/simulator/miners/bfgminer.ts';
import { behaving, type Behaving, type Quirks } from '#engine/simulator/miners/behaving.ts';
import { braiinsCgminer, braiinsRest } from '#engine/simulator/miners/braiins.ts';
import { luxos } from '#engine/simulator/miners/luxos.ts';
import { relay, shellyGen1, shellyGen2, tasmota, type Relay } from '#engine/simulator/miners/plugs.ts';
import { epic, mujina, nerdqaxe, xmrig } from '#engine/simulator/miners/small-miners.ts';
import { vnish } from '#engine/simulator/miners/vnish.ts';
import { whatsminerV2 } from '#engine/simulator/miners/whatsminer-v2.ts';
import { whatsminerV3 } from '#engine/simulator/miners/whatsminer-v3.ts';
import type { MinerSpec } from '#engine/simulator/miner.ts';
import { cgminerPeer, httpPeer, lengthJsonPeer, type Peer } from './loopback.ts';
import { http, tcp } from './miners.ts';
import { mqttBroker } from './mqtt-broker.ts';

/** A simulated miner of one family, listening on loopback, and how the owner would have written it down. */
export interface Simulated {
  miner: Behaving;
  peer: Peer;
  device: { family: string; connection: Connection; setup?: LoadDevice['setup']; model?: LoadDevice['model'] };
  secrets: Record<string, string>;
  /** What it says unasked, every minute; resolves when that was heard. */
  tell?(): Promise<void>;
}

const SMALL: Partial<MinerSpec> = {
  minW: 18,
  maxW: 18.5,
  standbyW: 2,
  startS: 11,
  startW: 4,
  rampUpWps: 5,
  rampDownWps: 5,
  curve: [
    { drawW: 18, hashrateThs: 1 },
    { drawW: 19, hashrateThs: 1.1 },
  ],
};
const Q: Partial<MinerSpec> = { minW: 800, maxW: 1650, startS: 60 };
const secret = (value: string) => ({ secrets: { key: value } });
const login = { user: 'root', secret: 'key' };

type Make = (
  nowMs: () => number,
  quirks: Quirks,
) => Promise<Omit<Simulated, 'secrets'> & { secrets?: Record<string, string> }>;

/** A load that takes what it takes as soon as its supply is there, and the relay before it. */
const HEATER: Partial<MinerSpec> = { minW: 480, maxW: 480, standbyW: 0, startS: 0, rampUpWps: 1000, rampDownWps: 1000 };
const HEATER_MODEL = { levels: { kind: 'steps' as const, watts: [480] } };
const LEASE = { leaseS: 240 };

async function plugged(
  family: string,
  face: (by: Relay, drawW: () => number) => Parameters<typeof httpPeer>[0],
  nowMs: () => number,
  quirks: Quirks,
): Promise<Omit<Simulated, 'secrets'>> {
  const { miner, by } = switched(nowMs, quirks);
  const answer = face(by, () => miner.now().drawW);
  const peer = await httpPeer(async (ask) => {
    const reply = await answer(ask);
    return { ...reply, body: miner.spoil(JSON.stringify(reply.body ?? '')) };
  });
  return { miner, peer, device: { family, connection: http(peer.port), setup: LEASE, model: HEATER_MODEL } };
}

function switched(nowMs: () => number, quirks: Quirks) {
  const miner = behaving(nowMs, HEATER, quirks);
  const by = relay(nowMs, { on: () => miner.now().wanted === 'run', set: (on) => miner.want(on) });
  by.set(false);
  return { miner, by };
}

/** Every family that has a simulator, by the name of the registry. */
export const simulatedFamilies: Record<string, Make> = {
  async 'antminer-stock'(nowMs, quirks) {
    const miner = behaving(nowMs, { maxW: 3250 }, quirks);
    const peer = await httpPeer(antminerStock(miner).answer);
    return { miner, peer, device: { family: 'antminer-stock', connection: http(peer.port, login) }, ...secret('root') };
  },
  async 'avalon-q'(nowMs, quirks) {
    const miner = behaving(nowMs, Q, quirks);
    const peer = await cgminerPeer(avalon(miner, AVALON_Q, nowMs).answer);
    return { miner, peer, device: { family: 'avalon-q', connection: tcp(peer.port) } };
  },
  /** A rack unit that only `reboot` wakes. */
  async avalon(nowMs, quirks) {
    const miner = behaving(nowMs, { minW: 3400, maxW: 3400, startS: 60 }, quirks);
    const peer = await cgminerPeer(avalon(miner, AVALON_1246, nowMs).answer);
    return { miner, peer, device: { family: 'avalon', connection: tcp(peer.port) } };
  },
  async axeos(nowMs, quirks) {
    const miner = behaving(nowMs, SMALL, quirks);
    const settings = createAxeSettings(miner.now(), 'axe');
    const peer = await httpPeer(({ method, path, body }) => {
      const { status, body: reply } = answerAxeos(miner.now(), settings, method, path, body);
      return { status, body: reply as object };
    });
    return { miner, peer, device: { family: 'axeos', connection: http(peer.port) } };
  },
  async bfgminer(nowMs, quirks) {
    const miner = behaving(nowMs, { minW: 900, maxW: 900, rampUpWps: 100 }, quirks);
    miner.now().wanted = 'pause';
    const peer = await cgminerPeer(bfgminer(miner, nowMs));
    const model = { levels: { kind: 'steps' as const, watts: [900] } };
    return { miner, peer, device: { family: 'bfgminer', connection: tcp(peer.port), model } };
  },
  async 'braiins-cgminer'(nowMs, quirks) {
    const miner = behaving(nowMs, {}, quirks);
    const peer = await cgminerPeer(braiinsCgminer(miner, nowMs));
    return { miner, peer, device: { family: 'braiins-cgminer', connection: tcp(peer.port) } };
  },
  async 'braiins-rest'(nowMs, quirks) {
    const miner = behaving(nowMs, {}, quirks);
    const peer = await httpPeer(braiinsRest(miner, nowMs).answer);
    return { miner, peer, device: { family: 'braiins-rest', connection: http(peer.port, login) }, ...secret('root') };
  },
  async cgminer(nowMs, quirks) {
    const miner = behaving(nowMs, {}, quirks);
    const peer = await cgminerPeer((request) => answerCgminer(miner.now(), request, nowMs()).replaceAll('\0', ''));
    return { miner, peer, device: { family: 'cgminer', connection: tcp(peer.port) } };
  },
  async epic(nowMs, quirks) {
    const miner = behaving(nowMs, {}, quirks);
    miner.aimAt(3000);
    const peer = await httpPeer(epic(miner, 'letmein', { algorithm: 'PowerTune', target: 3000 }));
    return {
      miner,
      peer,
      device: { family: 'epic', connection: http(peer.port, { secret: 'key' }) },
      ...secret('letmein'),
    };
  },
  async luxos(nowMs, quirks) {
    const miner = behaving(nowMs, {}, quirks);
    const peer = await cgminerPeer(luxos(miner, nowMs).answer);
    return { miner, peer, device: { family: 'luxos', connection: tcp(peer.port) } };
  },
  async 'mqtt-switch'(nowMs, quirks) {
    const { miner, by } = switched(nowMs, quirks);
    const state = () => (by.on() ? 'ON' : 'OFF');
    const peer = await mqttBroker({
      subscribed: (tell) => void tell('plug/state', state(), true),
      heard(_topic, payload, tell) {
        by.set(payload === 'ON');
        void tell('plug/state', state());
      },
    });
    const setup = { stateTopic: 'plug/state', powerTopic: 'plug/power', powerKey: 'watts' };
    return {
      miner,
      peer,
      device: {
        family: 'mqtt-switch',
        connection: { transport: 'mqtt', url: `mqtt://127.0.0.1:${peer.port}`, topic: 'plug/set' },
        setup,
        model: HEATER_MODEL,
      },
      async tell() {
        await peer.tell('plug/state', state());
        await peer.tell('plug/power', miner.spoil(JSON.stringify({ watts: miner.now().drawW })));
      },
    };
  },
  async mujina(nowMs, quirks) {
    const miner = behaving(nowMs, SMALL, quirks);
    const peer = await httpPeer(mujina(miner));
    const model = { levels: { kind: 'steps' as const, watts: [18.5] } };
    return { miner, peer, device: { family: 'mujina', connection: http(peer.port), model } };
  },
  async nerdqaxe(nowMs, quirks) {
    const miner = behaving(nowMs, { ...SMALL, minW: 70, maxW: 76, startW: 20 }, quirks);
    const peer = await httpPeer(nerdqaxe(miner));
    return { miner, peer, device: { family: 'nerdqaxe', connection: http(peer.port) } };
  },
  'shelly-plug-gen1': (nowMs, quirks) => plugged('shelly-plug-gen1', shellyGen1, nowMs, quirks),
  'shelly-plug-gen2': (nowMs, quirks) => plugged('shelly-plug-gen2', shellyGen2, nowMs, quirks),
  'tasmota-plug': (nowMs, quirks) => plugged('tasmota-plug', tasmota, nowMs, quirks),
  async vnish(nowMs, quirks) {
    const miner = behaving(nowMs, { minW: 600, rampUpWps: 60 }, quirks);
    const peer = await httpPeer(vnish(miner));
    return {
      miner,
      peer,
      device: { family: 'vnish', connection: http(peer.port, { secret: 'key' }) },
      ...secret('admin'),
    };
  },
  async 'whatsminer-v2'(nowMs, quirks) {
    const miner = behaving(nowMs, { startS: 300 }, quirks);
    const peer = await cgminerPeer(whatsminerV2(miner, nowMs).answer);
    return { miner, peer, device: { family: 'whatsminer-v2', connection: tcp(peer.port, 'key') }, ...secret('admin') };
  },
  async 'whatsminer-v3'(nowMs, quirks) {
    const miner = behaving(nowMs, { startS: 300 }, quirks);
    const peer = await lengthJsonPeer(whatsminerV3(miner, nowMs));
    return { miner, peer, device: { family: 'whatsminer-v3', connection: tcp(peer.port, 'key') }, ...secret('super') };
  },
  async xmrig(nowMs, quirks) {
    const miner = behaving(nowMs, { ...SMALL, minW: 90, maxW: 95, rampUpWps: 100 }, quirks);
    const peer = await httpPeer(xmrig(miner));
    const model = { levels: { kind: 'steps' as const, watts: [95] } };
    return {
      miner,
      peer,
      device: { family: 'xmrig', connection: http(peer.port, { secret: 'key' }), model },
      ...secret('token'),
    };
  },
};

export async function simulate(family: string, nowMs: () => number, quirks: Quirks = {}): Promise<Simulated> {
  const make = simulatedFamilies[family];
  if (!make) throw new Error(`no simulated ${family}`);
  return { secrets: {}, ...(await make(nowMs, quirks)) };
}
