import { BlockList, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

type Interfaces = ReturnType<typeof networkInterfaces>;

/** RFC 1918, RFC 3927, RFC 4193, RFC 4291: what no router sends here from the internet. */
const PRIVATE: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];

/** Who comes from this address is in the local network; a phone may also have one of the network's public IPv6 addresses. */
export function isLanAddress(address: string, interfaces: Interfaces = networkInterfaces()): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 0) return false;
  const list = new BlockList();
  for (const [network, bits, kind] of PRIVATE) list.addSubnet(network, bits, kind);
  for (const { family: kind, cidr } of external(interfaces)) {
    const [network, bits] = cidr?.split('/') ?? [];
    // A point-to-point or provider-wide prefix is no home network.
    if (kind === 'IPv6' && network && Number(bits) >= 56) list.addSubnet(network, Number(bits), 'ipv6');
  }
  return list.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** This computer's own IPv4 addresses in its local networks, as an owner types them. */
export const lanAddresses = (interfaces: Interfaces = networkInterfaces()): string[] =>
  external(interfaces)
    .filter(({ family, address }) => family === 'IPv4' && isLanAddress(address, {}))
    .map(({ address }) => address);

/** Every name by which a browser of the local network may call this computer. */
export function ownNames(interfaces: Interfaces = networkInterfaces(), name = hostname()): string[] {
  const [short = ''] = name.toLowerCase().split('.');
  const addresses = external(interfaces).map(({ family, address }) =>
    family === 'IPv6' ? `[${address.split('%')[0]}]` : address,
  );
  const names = short === '' ? [] : [short, `${short}.local`, name.toLowerCase()];
  return [...new Set(['localhost', '127.0.0.1', '[::1]', ...names, ...addresses])];
}

const external = (interfaces: Interfaces) =>
  Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal);
