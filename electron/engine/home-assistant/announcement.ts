import type { MqttMessage } from '#engine/transports/mqtt-session.ts';
import { loadEntities } from './load-entities.ts';
import { siteEntities } from './site-entities.ts';
import type { Entity, View } from './view.ts';

/** What lies retained at the broker: topic of a device → key of its entity → platform. */
export type Announced = Record<string, Record<string, string>>;

export interface Names {
  /** Where Home Assistant looks for devices. */
  prefix: string;
  /** Marks this installation among others with a site of the same id. */
  mark: string;
}

interface Device {
  node: string;
  stateTopic: string;
  about: Record<string, unknown>;
  entities: readonly Entity<never>[];
  state: string;
}

/** A state that is older says nothing about now, s. */
const EXPIRE_S = 60;
const UNKNOWN = null;

export const baseTopic = (siteId: string, { mark }: Names): string => `spillway/${siteId}-${mark}`;
export const availabilityTopic = (base: string): string => `${base}/availability`;

/** Each device with its entities, retained; what was announced before and is gone is taken back. */
export function announcement(view: View, names: Names, before: Announced) {
  const base = baseTopic(view.status.id, names);
  const now: Announced = {};
  const messages: MqttMessage[] = [];
  for (const device of devicesOf(view, names)) {
    const topic = `${names.prefix}/device/${device.node}/config`;
    const platforms = Object.fromEntries(device.entities.map(({ key, platform }) => [key, platform]));
    const gone = Object.entries(before[topic] ?? {}).filter(([key]) => !Object.hasOwn(platforms, key));
    const components = Object.fromEntries([
      ...device.entities.map((entity) => [entity.key, componentOf(entity, device, base)]),
      // An entity with a platform and nothing else is taken away.
      ...gone.map(([key, platform]) => [key, { p: platform }]),
    ]);
    const payload = {
      dev: device.about,
      o: { name: 'Spillway', sw: view.status.version },
      availability_topic: availabilityTopic(base),
      state_topic: device.stateTopic,
      qos: 0,
      cmps: components,
    };
    now[topic] = platforms;
    messages.push({ topic, payload: JSON.stringify(payload), retain: true });
  }
  const gone = Object.keys(before).filter((topic) => !Object.hasOwn(now, topic));
  return { messages: [...withdrawal(gone), ...messages], announced: now };
}

/** An empty retained message makes the broker forget the topic, and Home Assistant the device. */
export const withdrawal = (topics: readonly string[]): MqttMessage[] =>
  topics.map((topic) => ({ topic, payload: '', retain: true }));

/** The figures of now, a message for each device. Not retained: after a cut they would be old ones. */
export const states = (view: View, names: Names): MqttMessage[] =>
  devicesOf(view, names).map(({ stateTopic, state }) => ({ topic: stateTopic, payload: state }));

function componentOf({ key, name, platform, about, ofToday, orders }: Entity<never>, device: Device, base: string) {
  const isSensor = platform === 'sensor' || platform === 'binary_sensor';
  return {
    p: platform,
    name,
    unique_id: `${device.node}_${key}`,
    value_template: `{{ value_json.${key} }}`,
    ...about,
    ...(isSensor ? { expire_after: EXPIRE_S } : {}),
    ...(ofToday ? { last_reset_value_template: '{{ value_json.day_start }}' } : {}),
    ...(platform === 'switch' ? { state_on: 'ON', state_off: 'OFF' } : {}),
    ...(orders ? { command_topic: `${base}/${key}/set`, qos: 1 } : {}),
  };
}

function devicesOf(view: View, names: Names): Device[] {
  const { id, name, simulated, version } = view.status;
  const base = baseTopic(id, names);
  const node = `spillway_${id}-${names.mark}`;
  const maker = { mf: 'Spillway', sw: version };
  const dayStart = view.today && new Date(view.today.dayStartMs).toISOString();
  const device = <V>(entities: readonly Entity<V>[], of: V, rest: Pick<Device, 'node' | 'stateTopic' | 'about'>) => ({
    ...rest,
    entities: entities as readonly Entity<never>[],
    state: JSON.stringify({
      day_start: dayStart ?? UNKNOWN,
      ...Object.fromEntries(entities.map((entity) => [entity.key, said(entity.value(of))])),
    }),
  });
  return [
    device(siteEntities(view), view, {
      node,
      stateTopic: `${base}/state`,
      about: { ids: [node], name, mdl: simulated ? 'Simulated site' : 'Site', ...maker },
    }),
    ...view.loads.map((load) =>
      device(
        loadEntities,
        { ...view, load },
        {
          node: `${node}_${load.health.id}`,
          stateTopic: `${base}/loads/${load.health.id}/state`,
          about: {
            ids: [`${node}_${load.health.id}`],
            name: `${name} ${load.health.name}`,
            mdl: load.health.model ?? load.health.family,
            via_device: node,
            ...maker,
          },
        },
      ),
    ),
  ];
}

const said = (value: string | number | boolean | undefined) =>
  typeof value === 'boolean' ? (value ? 'ON' : 'OFF') : (value ?? UNKNOWN);
