import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What is kept of a password. */
export const KeptPassword = z.strictObject({ salt: z.base64(), hash: z.base64() });
export type KeptPassword = z.infer<typeof KeptPassword>;

/** OWASP Password Storage Cheat Sheet, scrypt: N 2^15, r 8, p 3 (32 MiB, half a second on a Raspberry Pi 4). */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const LENGTH = 32;

export async function keepPassword(password: string): Promise<KeptPassword> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await derive(password, salt)).toString('base64') };
}

export async function isPassword(kept: KeptPassword, given: string): Promise<boolean> {
  const [salt, hash] = [kept.salt, kept.hash].map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer];
  const derived = await derive(given, salt);
  return hash.length === derived.length && timingSafeEqual(hash, derived);
}

/** A letter that keyboards compose in two ways is one letter. */
const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
