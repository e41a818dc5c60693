// What a spillway:// link may ask for: to look at a view, and nothing else. Pure.
import { periods, views } from '#shared/views.ts';

export const LINK_SCHEME = 'spillway';
const START = `${LINK_SCHEME}:`;

const isLink = (argument: string) => argument.toLowerCase().startsWith(START);

/** The link among the arguments of a start. */
export const linkIn = (argv: readonly string[]): string | undefined => argv.slice(1).find(isLink);

/** What whoever writes a link puts behind it, with a quotation mark and a blank, is no option of ours. */
export function beforeLink(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex(isLink);
  return at < 0 ? argv : argv.slice(0, at);
}

/** `spillway://history?period=day&at=2026-06-01` as the page's own hash route. @returns undefined for every other text */
export function routeOfLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { protocol, host, username, password, pathname, hash, searchParams } = new URL(link);
  const view = views.find((each) => each === host);
  if (protocol !== START || view === undefined || username + password + hash !== '') return undefined;
  if (pathname !== '' && pathname !== '/') return undefined;
  const params = new URLSearchParams();
  for (const [name, value] of searchParams) {
    if (!isAllowed(name, value) || params.has(name)) return undefined;
    params.set(name, value);
  }
  return params.size === 0 ? `#/${view}` : `#/${view}?${params.toString()}`;
}

function isAllowed(name: string, value: string): boolean {
  if (name === 'period') return periods.some((each) => each === value);
  return name === 'at' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
