// What lies in the owner's own network by its address alone: no name is resolved. Pure.

/** Endings that no public name has (RFC 6762, RFC 8375, and what routers give out). */
const HOME_ENDINGS = ['.local', '.lan', '.home', '.internal', '.home.arpa', '.localdomain', '.fritz.box'];

/**
 * True for private addresses (RFC 1918, RFC 3927, RFC 4193, loopback) and names that only a home network has. A number in
 * a spelling that systems read as an address, such as `134744072`, is none.
 */
export function isAtHome(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  // No leading zero: some systems read it as octal.
  if (/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(name)) {
    const [a = 0, b = 0, ...rest] = name.split('.').map(Number);
    if ([a, b, ...rest].some((part) => part > 255)) return false;
    return (
      a === 10 || a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
    );
  }
  if (name.includes(':')) return name === '::1' || /^(f[cd][\da-f]{2}|fe[89ab][\da-f]):/.test(name);
  if (!/^[a-z_][\w-]*(\.[\w-]+)*$/.test(name)) return false;
  return !name.includes('.') || HOME_ENDINGS.some((ending) => name.endsWith(ending));
}

/** Where a connection leads; absent: to no address (a serial port, a program, a multicast group). */
export function hostOf(connection: { transport: string; host?: unknown; url?: unknown }): string | undefined {
  if (typeof connection.host === 'string') return connection.host;
  if (typeof connection.url !== 'string') return undefined;
  return URL.canParse(connection.url) ? new URL(connection.url).hostname : connection.url;
}
