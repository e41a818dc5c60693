import { createHash, randomBytes } from 'node:crypto';

/** `password` answers whatever the device asks for, Basic or Digest. */
export type HttpAuth =
  | { kind: 'password'; user: string; password: string }
  | { kind: 'bearer'; token: string }
  | { kind: 'header'; name: string; value: string };

export interface Challenge {
  scheme: 'basic' | 'digest';
  fields: Record<string, string>;
  used: number;
}

/** Reads WWW-Authenticate; of several offers the strongest that we can answer. */
export function readChallenge(headers: readonly string[]): Challenge | undefined {
  const offers = headers.flatMap((header) => header.split(/,\s*(?=(?:Basic|Digest)\s)/i));
  const digests = offers
    .filter((offer) => /^\s*digest\s/i.test(offer))
    .map((offer) => fieldsOf(offer.replace(/^\s*digest\s/i, '')))
    .filter((fields) => fields['nonce'] !== undefined && hashOf(fields['algorithm']) !== undefined);
  const best = digests.find((fields) => hashOf(fields['algorithm']) === 'sha256') ?? digests[0];
  if (best) return { scheme: 'digest', fields: best, used: 0 };
  return offers.some((offer) => /^\s*basic\b/i.test(offer)) ? { scheme: 'basic', fields: {}, used: 0 } : undefined;
}

function fieldsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, key, quoted, bare] of text.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/gi))
    if (key) fields[key.toLowerCase()] = quoted ?? bare ?? '';
  return fields;
}

function hashOf(algorithm = 'MD5'): 'md5' | 'sha256' | undefined {
  const name = algorithm.toUpperCase().replace(/-SESS$/, '');
  return name === 'MD5' ? 'md5' : name === 'SHA-256' ? 'sha256' : undefined;
}

/** The Authorization header for one request (RFC 7617, RFC 7616). */
export function authorize(
  auth: { user: string; password: string },
  challenge: Challenge,
  method: string,
  uri: string,
): string {
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;
  const { realm = '', nonce = '', qop, opaque, algorithm } = challenge.fields;
  const hash = (text: string) =>
    createHash(hashOf(algorithm) ?? 'md5')
      .update(text)
      .digest('hex');
  const cnonce = randomBytes(8).toString('hex');
  const nc = (++challenge.used).toString(16).padStart(8, '0');
  const first = hash(`${auth.user}:${realm}:${auth.password}`);
  const ha1 = /-sess$/i.test(algorithm ?? '') ? hash(`${first}:${nonce}:${cnonce}`) : first;
  const ha2 = hash(`${method}:${uri}`);
  const withQop = qop !== undefined && qop.split(/[\s,]+/).includes('auth');
  const response = hash(withQop ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
  const parts = [
    `username="${auth.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
  ];
  if (algorithm) parts.push(`algorithm=${algorithm}`);
  if (withQop) parts.push('qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`);
  if (opaque !== undefined) parts.push(`opaque="${opaque}"`);
  return `Digest ${parts.join(', ')}`;
}
