import dns from 'node:dns';
import { ALL_LOADS_W } from './engine-faults.ts';
import type { Fault } from './fault.ts';

/** A switch or the house's router is off: nothing can be asked, and nobody can be told to stop. */
export const networkGone: Fault = {
  name: 'network gone',
  boundWh: 30,
  unstoppableW: ALL_LOADS_W,
  tells: ['meter-silent'],
  inflict: (farm) => farm.cutNetwork(true),
  heal: (farm) => farm.cutNetwork(false),
};

const NAME = 'device.farm.test';
type Done = (error: Error | null, address?: unknown, family?: number) => void;
const lookup = dns.lookup as (name: string, options: { all?: boolean }, done: Done) => void;
let gone = false;

/** Resolves our name as the router would, or does not; all other names are the system's. */
function answer(name: string, options: { all?: boolean }, done: Done): void {
  if (name !== NAME) return lookup(name, options, done);
  const unknown = Object.assign(new Error(`getaddrinfo ENOTFOUND ${NAME}`), { code: 'ENOTFOUND' });
  if (gone) setImmediate(done, unknown);
  else setImmediate(done, null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
}

/** Devices are known by name, and nobody knows the name any more; connections that stand go on. */
export const dnsGone: Fault = {
  name: 'DNS gone',
  boundWh: 30,
  unstoppableW: ALL_LOADS_W,
  site(site) {
    gone = false;
    Object.assign(dns, { lookup: answer });
    const named = <T extends object>(one: T & { connection: object }): T => ({
      ...one,
      connection: { ...one.connection, host: NAME },
    });
    return { ...site, devices: site.devices.map(named), loads: site.loads.map(named) };
  },
  inflict: () => void (gone = true),
  heal: () => void (gone = false),
  end: () => void Object.assign(dns, { lookup }),
};
