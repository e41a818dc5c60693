import { createHash } from 'node:crypto';

// The digits of crypt(3), and the order in which it reads the digest (FreeBSD crypt-md5.c).
const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ORDER = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const;
const ROUNDS = 1000;

const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();

/** The last field of `$1$salt$…`: what Whatsminers derive their keys with. Node has no crypt(3). */
export function md5Crypt(password: string, salt: string): string {
  const key = Buffer.from(password);
  const grain = Buffer.from(salt.slice(0, 8));
  const alternate = md5(key, grain, key);
  const head = [key, Buffer.from('$1$'), grain, ...spread(alternate, key.length)];
  for (let bits = key.length; bits > 0; bits >>= 1) head.push((bits & 1) === 1 ? Buffer.of(0) : key.subarray(0, 1));
  let digest = md5(...head);
  for (let round = 0; round < ROUNDS; round++) {
    digest = md5(
      round % 2 === 1 ? key : digest,
      ...(round % 3 === 0 ? [] : [grain]),
      ...(round % 7 === 0 ? [] : [key]),
      round % 2 === 1 ? digest : key,
    );
  }
  const triples = ORDER.map(([a, b, c]) =>
    digits(((digest[a] ?? 0) << 16) | ((digest[b] ?? 0) << 8) | (digest[c] ?? 0), 4),
  );
  return triples.join('') + digits(digest[11] ?? 0, 2);
}

function spread(digest: Buffer, length: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let left = length; left > 0; left -= 16) pieces.push(digest.subarray(0, Math.min(16, left)));
  return pieces;
}

function digits(value: number, count: number): string {
  return Array.from({ length: count }, (_, i) => DIGITS[(value >> (6 * i)) & 0x3f]).join('');
}
