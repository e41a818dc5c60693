import { failed } from '#engine/transports/fault.ts';
import { mqttFeed } from '#engine/transports/mqtt.ts';
import { misconnected, secretOf } from './answers.ts';
import type { OpenMinerDriver } from './driver.ts';
import { numberAt } from './fields.ts';
import { switchDriver } from './switch-driver.ts';

// Tasmota's default telemetry period of 300 s, and some.
const MAX_AGE_MS = 330_000;

/**
 * Any switch behind MQTT. `topic` is where it is commanded; `stateTopic`, `powerTopic` tell (a bare value, or JSON with
 * `powerKey`), `on` and `off` are its words. MQTT has no off-timer: it cannot be a lease.
 */
export const openMqttSwitch: OpenMinerDriver = (device, ports) => {
  const { connection, setup } = device;
  if (connection.transport !== 'mqtt') return misconnected(device, 'mqtt');
  const { topic } = connection;
  const word = (key: string, otherwise: string) => (typeof setup[key] === 'string' ? setup[key] : otherwise);
  const [stateTopic, powerTopic] = [word('stateTopic', topic), word('powerTopic', '')];
  const [on, off] = [word('on', 'ON'), word('off', 'OFF')];
  let isOn: boolean | undefined;
  let power: { drawW: number | undefined; atMs: number } | undefined;

  function heard(from: string, payload: string) {
    if (from === stateTopic) {
      const said = payload.trim().toLowerCase();
      if (said === on.toLowerCase()) isOn = true;
      else if (said === off.toLowerCase()) isOn = false;
    }
    if (from === powerTopic) power = { drawW: powerIn(payload, word('powerKey', 'power')), atMs: ports.clock.now() };
  }

  const topics = powerTopic === '' ? [stateTopic] : [stateTopic, powerTopic];
  const feed = mqttFeed(
    connection,
    secretOf(device, ports),
    topics,
    (from, payload) => heard(from, payload.toString('utf8')),
    'taken',
  );

  return switchDriver({ ...device, setup: { ...setup, leaseS: 0 } }, ports, {
    async state(signal) {
      const fault = await feed.ensure(signal);
      if (fault) return fault;
      if (isOn === undefined)
        return failed(
          'timeout',
          `${feed.address}: nothing was heard on ${stateTopic} yet; check the topic, and that the switch retains its state`,
        );
      const isFresh = power !== undefined && ports.clock.now() - power.atMs <= MAX_AGE_MS;
      return { outcome: 'ok', state: { on: isOn, drawW: isFresh ? power?.drawW : undefined } };
    },
    async set(run, _leaseS, signal) {
      const fault = (await feed.ensure(signal)) ?? (await feed.publish(topic, run ? on : off));
      return fault ?? { outcome: 'ok', wrote: `${topic} ${run ? on : off}` };
    },
    close: () => feed.close(),
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
