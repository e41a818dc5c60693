import { describe, expect, it } from 'vitest';
import { announcement, states } from '#engine/home-assistant/announcement.ts';
import { orderOf } from '#engine/home-assistant/orders.ts';
import { siteEntities } from '#engine/home-assistant/site-entities.ts';
import { loadEntities } from '#engine/home-assistant/load-entities.ts';
import type { View } from '#engine/home-assistant/view.ts';
import { worldOf, type Scene } from '../support/fixture/scenes.ts';

const names = { prefix: 'homeassistant', mark: 'abc123' };
const viewOf = (scene: Scene): View => worldOf(scene);

type Payload = { dev: { ids: string[]; via_device?: string }; cmps: Record<string, Record<string, unknown>> };
const announced = (view: View, before = {}) =>
  announcement(view, names, before).messages.map((message) => ({
    ...message,
    payload: message.payload === '' ? undefined : (JSON.parse(message.payload) as Payload),
  }));
const figures = (view: View) =>
  states(view, names).map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);

/** Units that Home Assistant's device classes go with, and the state classes that they allow. */
const UNITS: Record<string, [string | undefined, string[]]> = {
  power: ['W', ['measurement']],
  energy: ['kWh', ['total', 'total_increasing']],
  monetary: ['EUR', ['total']],
  battery: ['%', ['measurement']],
  temperature: ['°C', ['measurement']],
  voltage: ['V', ['measurement']],
};

describe('what is announced', () => {
  it('is a device for the site and one for each load, retained, under ids that nobody else has', () => {
    const view = viewOf('normal');
    const messages = announced(view);
    expect(messages).toHaveLength(1 + view.loads.length);
    expect(messages.every(({ retain }) => retain)).toBe(true);
    const [site, ...loads] = messages.map(({ payload }) => payload!);
    for (const load of loads) expect(load.dev.via_device).toBe(site!.dev.ids[0]);
    for (const entities of [siteEntities(view), loadEntities]) {
      const keys = entities.map(({ key }) => key);
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    }
    const ids = messages.flatMap(({ payload }) => Object.values(payload!.cmps).map((each) => each['unique_id']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      messages.map(({ topic }) => topic).every((topic) => /^homeassistant\/device\/[\w-]+\/config$/.test(topic)),
    ).toBe(true);
  });

  it('gives each class its unit and the state class it allows, and choices their options', () => {
    for (const { payload } of announced(viewOf('normal')))
      for (const each of Object.values(payload!.cmps)) {
        const kind = each['device_class'] as string | undefined;
        const rule = kind === undefined ? undefined : UNITS[kind];
        if (rule) {
          expect(each['unit_of_measurement'], each['name'] as string).toBe(rule[0]);
          expect(rule[1]).toContain(each['state_class']);
        }
        if (kind === 'enum') expect(each).not.toHaveProperty('state_class');
        if (kind === 'enum') expect((each['options'] as string[]).length).toBeGreaterThan(1);
        // A sum that begins anew each day says when it did.
        expect('last_reset_value_template' in each).toBe(each['state_class'] === 'total');
        expect(each['value_template']).toMatch(/^\{\{ value_json\.\w+ \}\}$/);
      }
  });

  it('takes back what is gone: a load with its device, a battery with its entities', () => {
    const before = announcement(viewOf('normal'), names, {}).announced;
    const without = viewOf('no-battery');
    const [first, ...rest] = announced({ ...without, loads: [] }, before);
    expect(first).toMatchObject({ topic: expect.stringContaining(viewOf('normal').loads[0]!.health.id), retain: true });
    expect(first!.payload).toBeUndefined();
    expect(rest.at(-1)!.payload!.cmps['soc']).toEqual({ p: 'sensor' });
  });

  it('leaves nothing to order but a steady mode and a pause', () => {
    const topics = announced(viewOf('normal')).flatMap(({ payload }) =>
      Object.values(payload!.cmps).flatMap((each) => each['command_topic'] ?? []),
    );
    expect(topics).toEqual([expect.stringMatching(/\/mode\/set$/), expect.stringMatching(/\/pause\/set$/)]);
  });
});

describe('the figures', () => {
  it('are those of the page', () => {
    const view = viewOf('normal');
    const [site, load] = figures(view);
    expect(site).toMatchObject({
      surplus: view.live!.decision.surplusW,
      production: view.live!.snapshot.production!.value,
      soc: view.live!.snapshot.soc!.value,
      mined_today: view.today!.sum.flows.draw! / 1e6,
      gridFed_today: view.today!.sum.origin.gridFed / 1e6,
      mode: 'surplus',
      pause: 'OFF',
      proof: 'proven',
    });
    expect(load).toMatchObject({ draw: view.live!.drawW, reason: view.live!.decision.loads[0]!.reason.id });
  });

  it('are null where they are unknown, never 0', () => {
    const [unread] = figures(viewOf('unknown'));
    expect(unread).toMatchObject({ import: null, export: null, demand: null });
    const none: View = { ...viewOf('normal'), live: undefined, today: undefined, market: undefined };
    const told = figures(none).flatMap((each) => Object.entries(each));
    const known = new Set(['running_mode', 'mode', 'pause', 'starts_today', 'connection']);
    for (const [key, value] of told) if (!known.has(key)) expect(value, key).toBeNull();
  });

  it('show a boost without offering it', () => {
    const [site] = figures(viewOf('boost'));
    expect(site).toMatchObject({ running_mode: 'boost', mode: null });
  });

  it.each([
    ['stopped', 'ON'],
    ['paused', 'ON'],
    ['normal', 'OFF'],
  ] as const)('say of %s that the pause is %s', (scene, pause) => {
    expect(figures(viewOf(scene))[0]).toMatchObject({ pause });
  });

  it('have an entity each', () => {
    const view = viewOf('normal');
    const keys = announced(view).map(({ payload }) => ['day_start', ...Object.keys(payload!.cmps)]);
    expect(figures(view).map((each) => Object.keys(each))).toEqual(keys);
  });
});

describe('an order', () => {
  it.each([
    ['b/mode/set', 'observe', { kind: 'mode', mode: 'observe' }],
    ['b/mode/set', 'boost', undefined],
    ['b/mode/set', 'Surplus', undefined],
    ['b/mode/set', '{"mode":"surplus"}', undefined],
    ['b/pause/set', 'ON', { kind: 'pause', paused: true }],
    ['b/pause/set', 'OFF', { kind: 'pause', paused: false }],
    ['b/pause/set', '', undefined],
    ['b/boost/set', 'ON', undefined],
    ['b/loads/miner-1/command/set', 'rm', undefined],
    ['other/mode/set', 'off', undefined],
  ])('%s %s', (topic, payload, order) => expect(orderOf('b', topic, payload)).toEqual(order));
});
