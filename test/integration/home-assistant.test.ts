import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openHomeAssistantDesk } from '#engine/home-assistant-desk.ts';
import { HomeAssistant } from '#shared/home-assistant.ts';
import { cell } from '#shared/rpc/cell.ts';
import type { z } from 'zod';
import type { HomeAssistantState } from '#shared/contract/home-assistant.ts';
import { silentLog } from '#engine/system/log.ts';
import { worldOf } from '../support/fixture/scenes.ts';
import { fixtureSite } from '../support/fixture/site.ts';
import { cuttableTcp } from '../support/cuttable-tcp.ts';
import { freePort, start } from './processes.ts';

let folder: string;
let port: number;
const user = { username: 'owner', password: 'right' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-ha-'));
  port = await freePort();
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, '', { mode: 0o600 });
  execFileSync('/usr/bin/mosquitto_passwd', ['-b', passwords, user.username, user.password], { stdio: 'ignore' });
  writeFileSync(
    join(folder, 'mosquitto.conf'),
    `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\nuser root\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const broker = () =>
  start('/usr/sbin/mosquitto', ['-v', '-c', join(folder, 'mosquitto.conf')], /mosquitto version .* running/);

/** As Home Assistant: what it heard last on each topic, and everything in order. */
async function listener() {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, user);
  const last = new Map<string, string>();
  const heard: { topic: string; payload: string; retain: boolean }[] = [];
  client.on('message', (topic, payload, { retain }) => {
    heard.push({ topic, payload: payload.toString(), retain });
    last.set(topic, payload.toString());
  });
  await client.subscribeAsync(['homeassistant/#', 'spillway/#'], { qos: 1 });
  return {
    client,
    heard,
    find: (part: string) => [...last].find(([topic]) => topic.includes(part))?.[1],
    [Symbol.asyncDispose]: () => client.endAsync(true),
  };
}

function desk({ password = 'right', at = port, kept = new Map<string, unknown>() } = {}) {
  const url = `mqtt://127.0.0.1:${at}`;
  const world = worldOf('normal');
  let site = {
    ...fixtureSite(),
    homeAssistant: HomeAssistant.parse({ url, user: 'owner', secret: 'home-assistant' }) as HomeAssistant | undefined,
  };
  const orders: unknown[] = [];
  const cells = {
    status: cell(world.status),
    live: cell(world.live),
    health: cell(world.health),
    loads: cell(world.loads),
    today: cell(world.today),
    market: cell(world.market),
    events: cell(world.events),
  };
  let state: z.input<typeof HomeAssistantState> | undefined;
  const opened = openHomeAssistantDesk({
    site: () => site,
    cells,
    speed: 1,
    settings: {
      read: (key, schema) => schema.safeParse(kept.get(key)).data,
      write: (key, value) => kept.set(key, value),
    },
    log: silentLog,
    secret: () => password,
    setMode(mode) {
      orders.push(mode);
      return Promise.resolve([]);
    },
    changeWish: (change) => orders.push(change),
    async changeSite(edit) {
      site = edit(site) as typeof site;
      await opened.siteTaken();
      return [];
    },
  });
  opened.handlers.state((now) => (state = now));
  return { ...opened, cells, world, orders, kept, state: () => state };
}

it('announces the site, follows its figures and takes an order', async () => {
  await using _broker = await broker();
  await using home = await listener();
  const ours = desk();
  await vi.waitFor(() => expect(home.find('/availability')).toBe('online'), 8000);
  expect(ours.state()).toMatchObject({ phase: 'connected' });
  await vi.waitFor(() => expect(JSON.parse(home.find('/state')!)).toMatchObject({ surplus: 2080, mode: 'surplus' }));
  const discovery = JSON.parse(home.find('homeassistant/device/')!);
  expect(discovery.cmps.mode.command_topic).toMatch(/^spillway\/.*\/mode\/set$/);

  // An unknown reading is null, and the change of a wish is told at once.
  const { status, live } = ours.world;
  ours.cells.live.set({ ...live, decision: { ...live.decision, surplusW: undefined } });
  ours.cells.status.set({ ...status, wish: { ...status.wish, stopped: true } });
  await vi.waitFor(() => expect(JSON.parse(home.find('/state')!)).toMatchObject({ surplus: null, pause: 'ON' }));

  const { command_topic: mode } = discovery.cmps.mode;
  const { command_topic: pause } = discovery.cmps.pause;
  // A retained order would come again at each connection.
  await home.client.publishAsync(mode, 'boost', { qos: 1 });
  await home.client.publishAsync(mode, 'observe', { qos: 1 });
  await home.client.publishAsync(pause, 'OFF', { qos: 1 });
  await vi.waitFor(() => expect(ours.orders).toEqual(['observe', { stopped: false, pauseUntilMs: undefined }]));

  // Home Assistant comes up anew.
  home.heard.length = 0;
  await home.client.publishAsync('homeassistant/status', 'online', { qos: 1 });
  await vi.waitFor(() =>
    expect(home.heard.map(({ topic }) => topic.split('/').at(-1))).toEqual(
      expect.arrayContaining(['config', 'availability', 'state']),
    ),
  );

  await ours.close();
  await vi.waitFor(() => expect(home.find('/availability')).toBe('offline'));
}, 20_000);

it('does not obey an order that lies retained at the broker', async () => {
  await using _broker = await broker();
  await using home = await listener();
  const first = desk();
  await vi.waitFor(() => expect(home.find('/availability')).toBe('online'), 8000);
  const { mark } = first.kept.get('home-assistant') as { mark: string };
  await first.close();
  await home.client.publishAsync(`spillway/home-${mark}/mode/set`, 'off', { qos: 1, retain: true });
  const second = desk({ kept: first.kept });
  await vi.waitFor(() => expect(home.find('/availability')).toBe('online'), 8000);
  expect(second.orders).toEqual([]);
  await second.close();
}, 20_000);

it('waits for the broker, comes back with it, and is taken out when it is switched off', async () => {
  const ours = desk();
  {
    await using _broker = await broker();
    await vi.waitFor(() => expect(ours.state()?.phase).toBe('connected'), 12_000);
  }
  await vi.waitFor(
    () => expect(ours.state()).toMatchObject({ phase: 'connecting', problem: expect.any(String) }),
    5000,
  );
  await using _broker = await broker();
  await using home = await listener();
  await vi.waitFor(() => expect(home.find('/availability')).toBe('online'), 12_000);
  await vi.waitFor(() => expect(home.find('homeassistant/device/')).toContain('"cmps"'));
  await ours.handlers.change({ settings: undefined });
  await vi.waitFor(() => expect(home.find('homeassistant/device/')).toBe(''));
  expect(home.find('/availability')).toBe('');
  expect(ours.state()).toEqual({ phase: 'off' });
  await ours.close();
}, 40_000);

it('is not available from the moment that the connection breaks without a word', async () => {
  await using _broker = await broker();
  await using home = await listener();
  const wire = await cuttableTcp(port);
  const ours = desk({ at: wire.port });
  await vi.waitFor(() => expect(home.find('/availability')).toBe('online'), 8000);
  wire.cut(true);
  await vi.waitFor(() => expect(home.find('/availability')).toBe('offline'), 5000);
  wire.cut(false);
  await vi.waitFor(() => expect(home.find('/availability')).toBe('online'), 12_000);
  await ours.close();
  await wire.close();
}, 40_000);

it('says that the broker refuses the password, and that an address is not in the home network', async () => {
  await using _broker = await broker();
  const ours = desk({ password: 'wrong' });
  await vi.waitFor(() => expect(ours.state()?.problem).toMatch(/refuses the login/), 8000);
  const far = HomeAssistant.parse({ url: 'mqtt://broker.example.com:1883' });
  expect(await ours.handlers.change({ settings: far })).toMatchObject({
    outcome: 'refused',
    problems: [{ field: 'homeAssistant.url' }],
  });
  await ours.close();
}, 20_000);
