import { isDeepStrictEqual } from 'node:util';
import type { Role } from '#shared/contract/access.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { LoadConnection } from '#shared/device.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { beyondHome, connectionsOf, type Wired } from './beyond-home.ts';
import type { Problems } from './done.ts';

/** All members but the one whose answer depends on who asks. */
export type EngineHandlers = Omit<Handlers<EngineContract>, 'access'> & { access: AccessHandlers };
export type AccessHandlers = Omit<Handlers<EngineContract>['access'], 'me'>;

const SECRETS = 'Passwords and tokens are given to a device on the computer that runs Spillway, not over the network.';
const BROKER = 'The broker of Home Assistant is set on the computer that runs Spillway.';
const ALLOWANCES = 'Which bought energy may be mined is set on the computer that runs Spillway.';
const BOOST = 'Mining from the grid is begun on the computer that runs Spillway.';

/**
 * The handlers as a caller of this role has them. Over the network a secret cannot be sent to another device than the
 * one that has it: who has the password could read it at an address of his own.
 */
export function handlersFor(role: Role, handlers: EngineHandlers, site: () => Site): Handlers<EngineContract> {
  const own: Handlers<EngineContract> = { ...handlers, access: { ...handlers.access, me: () => ({ role }) } };
  if (role === 'local') return own;
  const { devices } = own;
  const strange = (change: Partial<Wired>): Problems => {
    const wired = { devices: [], loads: [], ...change };
    return [
      ...strangeSecrets(site(), wired).map((field) => ({ field, message: SECRETS, code: 'secret-elsewhere' })),
      // Whoever has the password of the dashboard must not make this computer ask the internet for him.
      ...beyondHome(site(), wired, false),
    ];
  };
  const refused = (problems: Problems) => ({ outcome: 'refused' as const, problems });
  const failed = ([problem]: Problems) =>
    problem && { outcome: 'failed' as const, fault: { kind: 'refused' as const, message: problem.message } };
  const moreBought = (control: { [name: string]: unknown }): Problems => {
    const { allowances = site().control.allowances } = control;
    return isDeepStrictEqual(allowances, site().control.allowances)
      ? []
      : [{ field: 'control.allowances', message: ALLOWANCES, code: 'elsewhere' }];
  };
  return {
    ...own,
    control: {
      ...own.control,
      changeSettings(change) {
        const problems = moreBought(change.control);
        return problems.length > 0 ? refused(problems) : own.control.changeSettings(change);
      },
    },
    site: {
      ...own.site,
      save(next) {
        const problems = [...strange(next), ...moreBought(next.control)];
        if (!isDeepStrictEqual(next.homeAssistant, site().homeAssistant))
          problems.push({ field: 'homeAssistant', message: BROKER, code: 'elsewhere' });
        if (next.mode === 'boost' && site().mode !== 'boost')
          problems.push({ field: 'mode', message: BOOST, code: 'elsewhere' });
        return problems.length > 0 ? refused(problems) : own.site.save(next);
      },
      startSignCheck: (input) =>
        input.load === undefined ? own.site.startSignCheck(input) : refused([{ field: 'load', message: BOOST }]),
    },
    devices: {
      ...devices,
      tryPlant: (input) => failed(strange({ devices: [input.device] })) ?? devices.tryPlant(input),
      tryLoad: (input) => failed(strange({ loads: [input.device] })) ?? devices.tryLoad(input),
      savePlant(device) {
        const problems = strange({ devices: [device] });
        return problems.length > 0 ? refused(problems) : devices.savePlant(device);
      },
      saveLoad(load) {
        const problems = strange({ loads: [load] });
        return problems.length > 0 ? refused(problems) : devices.saveLoad(load);
      },
    },
  };
}

/** @returns the places where a secret would go to an address that it does not go to now */
function strangeSecrets(before: Wired, after: Wired): string[] {
  const uses = (wired: Wired) => connectionsOf(wired).flatMap(({ place, connection }) => useOf(place, connection));
  const known = new Set(uses(before).map(({ use }) => use));
  return uses(after).flatMap(({ place, use }) => (known.has(use) ? [] : [place]));
}

function useOf(place: string, connection: LoadConnection): { place: string; use: string }[] {
  if (!('secret' in connection) || connection.secret === undefined) return [];
  const { secret, transport } = connection;
  const where =
    transport === 'mqtt'
      ? [connection.url]
      : [
          connection.host,
          connection.port,
          ...(transport === 'http' ? [connection.tls, connection.fingerprint ?? null] : []),
        ];
  return [{ place: `${place}.secret`, use: JSON.stringify([secret, transport, ...where]) }];
}
