import { networkInterfaces } from 'node:os';

/** True for addresses of local networks only: nothing else is ever searched (RFC 1918, RFC 3927). */
export function isPrivate(address: string): boolean {
  const parts = address.split('.').map(Number);
  const [a = -1, b = -1] = parts;
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return false;
  return a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
}

/** The 254 addresses around each own private one: larger networks are not searched as a whole. */
export function localHosts(interfaces = networkInterfaces()): string[] {
  const own = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address))
    .map(({ address }) => address);
  const prefixes = new Set(own.map((address) => address.split('.').slice(0, 3).join('.')));
  return [...prefixes]
    .flatMap((prefix) => Array.from({ length: 254 }, (_, i) => `${prefix}.${i + 1}`))
    .filter((host) => !own.includes(host));
}

export interface Announced {
  type: string;
  name: string;
  host: string;
  port: number;
}

/** Listens to mDNS announcements of these service types until the signal is aborted. */
export async function browseServices(
  types: readonly string[],
  signal: AbortSignal,
  onFound: (service: Announced) => void,
): Promise<void> {
  const { Bonjour } = await import('bonjour-service');
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const bonjour = new Bonjour({}, () => undefined);
    for (const type of types)
      bonjour.find({ type }, (service) => {
        const host = (service.addresses ?? []).find(isPrivate);
        if (host !== undefined) onFound({ type, name: service.name, host, port: service.port });
      });
    signal.addEventListener('abort', () => bonjour.destroy(() => resolve()), { once: true });
  });
}
