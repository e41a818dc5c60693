import type { HomeAssistant } from '#shared/home-assistant.ts';
import { openMqttSession } from '#engine/transports/mqtt-session.ts';
import { announcement, availabilityTopic, baseTopic, states, withdrawal, type Announced } from './announcement.ts';
import { orderOf, type Order } from './orders.ts';
import type { View } from './view.ts';

export interface Bridge {
  /** Says the figures of now; a site or loads that are others are announced first. */
  show(view: View): void;
  /** @param gone takes the devices out of Home Assistant; else they are shown as not available */
  close(gone: boolean): Promise<void>;
}

export interface BridgeParts {
  settings: HomeAssistant;
  password(): string | undefined;
  siteId: string;
  mark: string;
  /** What lies at the broker from before; kept over restarts, so that what is gone meanwhile can be taken back. */
  announced: Announced;
  keep(announced: Announced): void;
  onOrder(order: Order): void;
  /** Absent: connected. */
  onState(problem: string | undefined): void;
}

export function openBridge(parts: BridgeParts): Bridge {
  const { prefix, url, user } = parts.settings;
  const names = { prefix, mark: parts.mark };
  const base = baseTopic(parts.siteId, names);
  const availability = availabilityTopic(base);
  const birthTopic = `${prefix}/status`;
  let connected = false;
  let { announced } = parts;
  let view: View | undefined;
  /** What the last announcement was made of. */
  let shape: string | undefined;

  const announce = (of: View) => {
    const made = announcement(of, names, announced);
    for (const message of made.messages) session.publish(message);
    session.publish({ topic: availability, payload: 'online', retain: true });
    ({ announced } = made);
    parts.keep(announced);
  };
  const say = (of: View) => states(of, names).forEach((message) => session.publish(message));
  const greet = () => {
    if (!view) return;
    announce(view);
    say(view);
  };

  const session = openMqttSession({
    url,
    user,
    password: parts.password,
    will: { topic: availability, payload: 'offline', retain: true },
    topics: [`${base}/mode/set`, `${base}/pause/set`, birthTopic],
    onConnect() {
      connected = true;
      parts.onState(undefined);
      greet();
    },
    onMessage(topic, payload) {
      // Home Assistant came up: it knows nothing of what it heard before.
      if (topic === birthTopic) return payload === 'online' ? greet() : undefined;
      const order = orderOf(base, topic, payload);
      if (order) parts.onOrder(order);
    },
    onProblem(message) {
      connected = false;
      parts.onState(message);
    },
  });

  return {
    show(next) {
      view = next;
      const isOther = shapeOf(next) !== shape;
      shape = shapeOf(next);
      if (!connected) return;
      if (isOther) announce(next);
      say(next);
    },
    async close(gone) {
      const farewell = gone
        ? withdrawal([...Object.keys(announced), availability])
        : [{ topic: availability, payload: 'offline', retain: true }];
      if (gone && connected) parts.keep({});
      await session.close(farewell);
    },
  };
}

/** All that an announcement says. */
const shapeOf = ({ status, loads }: View): string =>
  JSON.stringify([
    [status.name, status.currency, status.hasGrid, status.hasBattery, status.version],
    loads.map(({ health }) => [health.id, health.name, health.model, health.family]),
  ]);
