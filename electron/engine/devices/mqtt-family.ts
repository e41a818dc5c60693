import type { PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { parseBounded } from '../transports/bounded-json.ts';
import { mqttFeed } from '../transports/mqtt.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { contextOf, unsuitable } from './family.ts';
import { filled } from './json-look.ts';
import { mailbox, readPushed } from './pushed.ts';
import type { Setup } from './register-image.ts';

export interface Topics {
  /** Name → topic; `{topic}` is the connection's, other names the owner's setup. */
  topics: Readonly<Record<string, { topic: string; optional?: true | undefined }>>;
  defaults: Setup;
}

/** A family listened to over MQTT; a payload is JSON or a plain number or word. */
export function mqttFamily(
  { topics, defaults }: Topics,
  toReading: (payloads: Readonly<Record<string, unknown>>, device: PlantDevice, setup: Setup) => PlantReading,
): OpenPlantAdapter {
  return (device, ports) => {
    const { connection } = device;
    if (connection.transport !== 'mqtt') return unsuitable(device, 'mqtt');
    const setup = { topic: connection.topic, ...device.setup };
    const names = new Map<string, string[]>();
    for (const [name, { topic }] of Object.entries(topics)) {
      const full = filled(topic, setup, defaults);
      if (full !== undefined) names.set(full, [...(names.get(full) ?? []), name]);
    }
    const needed = Object.entries(topics).flatMap(([name, { optional }]) => (optional ? [] : [name]));
    const payloads: Record<string, unknown> = {};
    const heardAtMs = new Map<string, number>();
    const box = mailbox<{ reading: PlantReading; raw: unknown }>();
    const take = (topic: string, payload: Buffer) => {
      const text = payload.toString('utf8');
      const parsed = parseBounded(text);
      for (const name of names.get(topic) ?? []) {
        payloads[name] = parsed.ok ? parsed.value : text;
        heardAtMs.set(name, ports.clock.now());
      }
      if (needed.some((name) => !heardAtMs.has(name))) return;
      // As old as the oldest of what it needs: one silent topic makes the whole stale.
      const times = needed.length > 0 ? needed.map((name) => heardAtMs.get(name) ?? 0) : [ports.clock.now()];
      box.put({ reading: toReading(payloads, device, setup), raw: { ...payloads } }, Math.min(...times));
    };
    const feed = mqttFeed(connection, contextOf(device, ports).password, [...names.keys()], take);
    const silent = `nothing heard on ${[...names.keys()].join(', ')} yet; check the topic and that the device publishes`;
    return { read: (signal) => readPushed(feed, box, silent, signal), close: () => feed.close() };
  };
}
