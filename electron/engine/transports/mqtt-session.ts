import type { MqttClient } from 'mqtt';
import { brokerFault } from './mqtt.ts';

export interface MqttMessage {
  topic: string;
  payload: string;
  /** Kept by the broker for who comes later. */
  retain?: boolean;
}

/** A broker spoken to, under a name and with a last will. It reconnects by itself. */
export interface MqttSession {
  /** Dropped while there is no connection: what comes later is newer. */
  publish(message: MqttMessage): void;
  /** Says the last words where somebody listens, and ends. */
  close(lastWords: readonly MqttMessage[]): Promise<void>;
}

export interface MqttSessionOptions {
  url: string;
  user: string | undefined;
  /** Asked at each connection. */
  password(): string | undefined;
  /** What the broker says, retained, when this session breaks off. */
  will: MqttMessage;
  topics: readonly string[];
  /** Subscribed: at the first connection and after each reconnection. */
  onConnect(): void;
  /** Retained messages are left out: they tell nothing about now. */
  onMessage(topic: string, payload: string): void;
  onProblem(message: string): void;
}

const TIMEOUT_MS = 5000;
const RECONNECT_MS = 5000;
const LAST_WORDS_MS = 1000;
/** Longest message taken: orders are single words. */
const MAX_PAYLOAD = 256;

export function openMqttSession(options: MqttSessionOptions): MqttSession {
  const { url, user, will, topics } = options;
  let closed = false;
  const opening = open();

  async function open(): Promise<MqttClient> {
    // A large library that few sites need.
    const { default: mqtt } = await import('mqtt');
    const client = mqtt.connect(url, {
      ...login(),
      keepalive: 30,
      connectTimeout: TIMEOUT_MS,
      reconnectPeriod: RECONNECT_MS,
      reconnectOnConnackError: true,
      resubscribe: false,
      // What could not be said is not kept for later.
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
    });
    let explained = false;
    client.on('reconnect', () => {
      explained = false;
      Object.assign(client.options, login());
    });
    client.on('error', (error) => {
      explained = true;
      options.onProblem(brokerFault(url, error).fault.message);
    });
    client.on('close', () => {
      if (!closed && !explained) options.onProblem(`${url} ended the connection; it is tried again`);
    });
    client.on('connect', () => {
      client.subscribe([...topics], { qos: 1 }, (error, granted) => {
        // A refusal is a granted quality of 128 and more (MQTT 3.1.1, 3.9.3).
        if (error || granted?.some(({ qos }) => qos >= 128))
          return options.onProblem(`${url} refuses the topics ${topics.join(', ')}; check the rights of the user`);
        options.onConnect();
      });
    });
    client.on('message', (topic, payload, packet) => {
      if (!packet.retain && payload.length <= MAX_PAYLOAD) options.onMessage(topic, payload.toString());
    });
    return client;
  }

  const login = () => {
    const password = options.password();
    return user === undefined ? {} : { username: user, ...(password === undefined ? {} : { password }) };
  };
  const say = (client: MqttClient, { topic, payload, retain = false }: MqttMessage) =>
    client.publishAsync(topic, payload, { qos: retain ? 1 : 0, retain });

  return {
    publish(message) {
      void opening.then((client) => {
        if (client.connected && !closed) say(client, message).catch(() => undefined);
      });
    },
    async close(lastWords) {
      if (closed) return;
      closed = true;
      const client = await opening;
      // A farewell in order keeps the broker from saying the will.
      if (client.connected) {
        const said = Promise.allSettled(lastWords.map((message) => say(client, message)));
        const parted = said.then(() => client.endAsync());
        await Promise.race([parted, new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref())]);
      }
      await client.endAsync(true);
    },
  };
}
