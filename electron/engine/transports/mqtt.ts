import type { MqttClient } from 'mqtt';
import type { Connection } from '#shared/device.ts';
import { failed, networkFault, type Failed } from './fault.ts';

export type MqttConnection = Extract<Connection, { transport: 'mqtt' }>;

/** A broker listened to; it reconnects by itself. */
export interface MqttFeed {
  readonly address: string;
  /** Connects and subscribes unless that is done; the fault where it cannot. */
  ensure(signal: AbortSignal): Promise<Failed | undefined>;
  /** Sent at least once; to be called while connected. */
  publish(topic: string, payload: string): Promise<Failed | undefined>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 5000;
const MAX_PAYLOAD = 64 * 1024;

/** Retained messages tell nothing about now and are left out, unless they are a switch's lasting state. */
export function mqttFeed(
  connection: MqttConnection,
  password: string | undefined,
  topics: readonly string[],
  onMessage: (topic: string, payload: Buffer) => void,
  retained: 'left-out' | 'taken' = 'left-out',
): MqttFeed {
  const address = connection.url;
  let opening: Promise<MqttClient> | undefined;
  let last: Failed | undefined;

  const connect = async () => {
    // A large library that few plants need: it is loaded with the first broker.
    const { default: mqtt } = await import('mqtt');
    const opened = mqtt.connect(connection.url, {
      ...(connection.user === undefined ? {} : { username: connection.user }),
      ...(password === undefined || connection.user === undefined ? {} : { password }),
      reconnectPeriod: 2000,
      connectTimeout: TIMEOUT_MS,
      reconnectOnConnackError: true,
    });
    opened.on('error', (error) => (last = brokerFault(address, error)));
    opened.on('connect', () => {
      last = undefined;
      opened.subscribe([...topics], (error) => {
        if (error)
          last = failed(
            'unauthorized',
            `${address} refuses the topics ${topics.join(', ')}; check the rights of the user`,
          );
      });
    });
    opened.on('message', (topic, payload, packet) => {
      if ((retained === 'taken' || !packet.retain) && payload.length <= MAX_PAYLOAD) onMessage(topic, payload);
    });
    return opened;
  };

  return {
    address,
    async ensure(signal) {
      const client = await (opening ??= connect());
      if (client.connected) return last;
      if (last) return last;
      await settled(client, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
      if (client.connected) return last;
      return last ?? networkFault(address, new DOMException('no broker', 'TimeoutError'));
    },
    async publish(topic, payload) {
      try {
        await (await opening)?.publishAsync(topic, payload, { qos: 1 });
        return undefined;
      } catch (error) {
        return networkFault(address, error);
      }
    },
    async close() {
      const client = await opening;
      opening = undefined;
      await client?.endAsync(true);
    },
  };
}

function settled(client: MqttClient, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      client.off('connect', done).off('error', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', done, { once: true });
    client.on('connect', done).on('error', done);
  });
}

/** Return codes 4 and 5 of MQTT 3.1.1, 134 and 135 of MQTT 5. */
export function brokerFault(address: string, error: Error): Failed {
  const code = 'code' in error ? error.code : undefined;
  if (code === 4 || code === 5 || code === 134 || code === 135)
    return failed('unauthorized', `${address} refuses the login; check user name and password of the broker`);
  return networkFault(address, error);
}
