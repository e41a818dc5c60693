import { connect, type MqttClient } from 'mqtt';
import { failed } from '#engine/transports/fault.ts';
import { misconnected, secretOf } from './answers.ts';
import type { OpenMinerDriver } from './driver.ts';
import { numberAt } from './fields.ts';
import { switchDriver } from './switch-driver.ts';

const CONNECT_MS = 5000;

/**
 * Any switch behind MQTT. `topic` is where it is commanded; `stateTopic`, `powerTopic` tell (a bare value, or JSON with
 * `powerKey`), `on` and `off` are its words. MQTT has no off-timer: it cannot be a lease.
 */
export const openMqttSwitch: OpenMinerDriver = (device, ports) => {
  const { connection, setup } = device;
  if (connection.transport !== 'mqtt') return misconnected(device, 'mqtt');
  const { url, topic, user } = connection;
  const word = (key: string, otherwise: string) => (typeof setup[key] === 'string' ? setup[key] : otherwise);
  const [stateTopic, powerTopic] = [word('stateTopic', topic), word('powerTopic', '')];
  const [on, off] = [word('on', 'ON'), word('off', 'OFF')];
  const password = secretOf(device, ports);
  let client: MqttClient | undefined;
  let isOn: boolean | undefined;
  let drawW: number | undefined;

  function heard(from: string, payload: string) {
    if (from === stateTopic) {
      const said = payload.trim().toLowerCase();
      if (said === on.toLowerCase()) isOn = true;
      else if (said === off.toLowerCase()) isOn = false;
    }
    if (from === powerTopic) drawW = powerIn(payload, word('powerKey', 'power'));
  }

  function open(): MqttClient {
    if (client) return client;
    client = connect(url, {
      connectTimeout: CONNECT_MS,
      reconnectPeriod: CONNECT_MS,
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
    });
    client.on('message', (from, payload) => heard(from, payload.toString('utf8')));
    client.on('connect', () => client?.subscribe(powerTopic === '' ? [stateTopic] : [stateTopic, powerTopic]));
    // Its own message comes with the next state(): an unheard error event would end the process.
    client.on('error', (error) => ports.log.debug({ load: device.id, error: error.message }, 'broker'));
    return client;
  }

  async function connected(signal: AbortSignal): Promise<MqttClient | undefined> {
    const broker = open();
    if (broker.connected) return broker;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]);
    await new Promise<void>((resolve) => {
      broker.once('connect', () => resolve());
      deadline.addEventListener('abort', () => resolve(), { once: true });
    });
    return broker.connected ? broker : undefined;
  }

  return switchDriver(device, ports, {
    async state(signal) {
      if (!(await connected(signal)))
        return failed('unreachable', `${url} cannot be reached; check the broker's address, user name and password`);
      if (isOn === undefined)
        return failed(
          'timeout',
          `${url}: nothing was heard on ${stateTopic} yet; check the topic, and that the switch retains its state`,
        );
      return { outcome: 'ok', state: { on: isOn, drawW } };
    },
    async set(run, _leaseS, signal) {
      const broker = await connected(signal);
      if (!broker)
        return failed('unreachable', `${url} cannot be reached; check the broker's address, user name and password`);
      await broker.publishAsync(topic, run ? on : off, { qos: 1 });
      return { outcome: 'ok', wrote: `${topic} ${run ? on : off}` };
    },
    close: async () => {
      await client?.endAsync(true);
    },
  });
};

function powerIn(payload: string, key: string): number | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    const watts = typeof value === 'number' ? value : numberAt(value, key);
    return watts !== undefined && watts >= 0 ? watts : undefined;
  } catch {
    return undefined;
  }
}
