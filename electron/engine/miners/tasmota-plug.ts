import { failed } from '#engine/transports/fault.ts';
import { httpClient } from '#engine/transports/http.ts';
import { httpConnection, misconnected, secretOf, userOf } from './answers.ts';
import type { OpenMinerDriver } from './driver.ts';
import { at, numberAt, textAt } from './fields.ts';
import { switchDriver } from './switch-driver.ts';

// PulseTime: 1-111 are tenths of a second, 112-64900 are seconds plus 100; 0 is none (Tasmota docs, Commands).
const PULSE_OFFSET = 100;
const PULSE_MOST = 64_900;

/** Tasmota: `PulseTime` is its off-timer, begun anew by each switching on. */
export const openTasmotaPlug: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  const relay = typeof device.setup['channel'] === 'number' ? device.setup['channel'] : 1;
  const password = secretOf(device, ports);
  const login =
    password === undefined
      ? ''
      : `user=${encodeURIComponent(userOf(device) ?? 'admin')}&password=${encodeURIComponent(password)}&`;
  const say = async (command: string, signal: AbortSignal) => {
    const reply = await client.json(`/cm?${login}cmnd=${encodeURIComponent(command)}`, signal);
    if (reply.outcome === 'ok' && /password/i.test(textAt(reply.value, 'WARNING') ?? ''))
      return failed('unauthorized', `${client.address} asks for its web password; enter it under Devices`);
    return reply;
  };

  return switchDriver(device, ports, {
    async state(signal) {
      const reply = await say('Status 0', signal);
      if (reply.outcome === 'failed') return reply;
      const power =
        at(reply.value, 'StatusSTS', `POWER${relay}`) ??
        (relay === 1 ? at(reply.value, 'StatusSTS', 'POWER') : undefined);
      if (power !== 'ON' && power !== 'OFF')
        return failed('unsupported', `${client.address} has no relay ${relay}; set the right channel`);
      const identity = {
        firmware: textAt(reply.value, 'StatusFWR', 'Version'),
        serial: textAt(reply.value, 'StatusNET', 'Mac'),
      };
      const drawW =
        numberAt(reply.value, 'StatusSNS', 'ENERGY', 'Power') ??
        numberAt(reply.value, 'StatusSNS', 'ENERGY', 'Power', relay - 1);
      return { outcome: 'ok', state: { on: power === 'ON', drawW, identity } };
    },
    async set(on, leaseS, signal) {
      const pulse =
        on && leaseS !== undefined
          ? `PulseTime${relay} ${Math.min(PULSE_MOST, Math.round(leaseS) + PULSE_OFFSET)}; `
          : '';
      const command = `${pulse === '' ? '' : 'Backlog '}${pulse}Power${relay} ${on ? 'ON' : 'OFF'}`;
      const reply = await say(command, signal);
      return reply.outcome === 'failed' ? reply : { outcome: 'ok', wrote: command };
    },
    close: () => client.close(),
  });
};
