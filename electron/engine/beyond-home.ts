import type { LoadConnection } from '#shared/device.ts';
import { hostOf, isAtHome } from '#shared/home-network.ts';
import type { Site } from '#shared/site.ts';
import type { Problems } from './done.ts';

export type Wired = Pick<Site, 'devices' | 'loads' | 'homeAssistant'>;

/** Every connection of a site with its place in the site file. */
export const connectionsOf = ({
  devices,
  loads,
  homeAssistant,
}: Wired): { place: string; connection: LoadConnection }[] => [
  ...devices.map(({ connection }, i) => ({ place: `devices.${i}.connection`, connection })),
  ...loads.flatMap(({ connection, plug }, i) => [
    { place: `loads.${i}.connection`, connection },
    ...(plug ? [{ place: `loads.${i}.plug.connection`, connection: plug.connection }] : []),
  ]),
  ...(homeAssistant
    ? [{ place: 'homeAssistant', connection: { transport: 'mqtt' as const, topic: 'spillway', ...homeAssistant } }]
    : []),
];

/**
 * A device in the internet is asked only when the owner said that this is meant: a slip of the pen, or a page that talks
 * him into an address, must not send passwords out of the house. What a site file says was written by the owner.
 * @param consent the word of the connection itself counts
 */
export function beyondHome(before: Wired, after: Wired, consent = true): Problems {
  const known = new Set(connectionsOf(before).map(({ connection }) => hostOf(connection)));
  return connectionsOf(after).flatMap(({ place, connection }) => {
    const host = hostOf(connection);
    if (host === undefined || isAtHome(host) || known.has(host)) return [];
    if (consent && 'beyondHome' in connection && connection.beyondHome) return [];
    const field = `${place}.${'url' in connection ? 'url' : 'host'}`;
    return [
      { field, message: `${host} is not in your home network; confirm that this device is reached over the internet.` },
    ];
  });
}
