import type { HttpProfile } from '../profiles/profile.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { failed } from '../transports/fault.ts';
import { httpFamily, type Login } from './family.ts';
import { filled, jsonLook } from './json-look.ts';
import { normalize } from './normalize/normalize.ts';

/** Reads a family of JSON pages as its profile says. */
export function httpProfileFamily(profile: HttpProfile): OpenPlantAdapter {
  const login: Login = profile.login.startsWith('header:')
    ? { header: profile.login.slice(7) }
    : (profile.login as 'open' | 'password' | 'bearer');
  return httpFamily(login, (client, { device, ports, ok }) => {
    const kept = new Map<string, { value: unknown; atMs: number }>();
    return async (signal) => {
      const payloads: Record<string, unknown> = {};
      for (const [name, { path, method, body, optional, everyS = 0 }] of Object.entries(profile.requests)) {
        const before = kept.get(name);
        if (before && ports.clock.now() - before.atMs < everyS * 1000) {
          payloads[name] = before.value;
          continue;
        }
        const target = filled(path, device.setup, profile.defaults);
        if (target === undefined) {
          if (optional) continue;
          return failed('unsupported', `${device.name}: the setup lacks a part of ${path}; add it to the device`);
        }
        const reply = await client.json(target, signal, {
          ...(method ? { method } : {}),
          ...(body === undefined ? {} : { body }),
        });
        if (reply.outcome === 'ok') {
          payloads[name] = reply.value;
          kept.set(name, { value: reply.value, atMs: ports.clock.now() });
        } else if (!optional || reply.fault.kind !== 'unsupported') return reply;
      }
      return ok(normalize(profile, jsonLook(payloads, device.setup, profile.defaults), device.roles), payloads);
    };
  });
}
