import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { md5Crypt } from './md5-crypt.ts';

/** What `get_token` gives, and what follows from it and the password. */
export interface WhatsminerKeys {
  aesKey: Buffer;
  sign: string;
}

/** miners.md 1.3: the key is the crypt of the password, the signature the crypt of key and time. */
export function whatsminerKeys(
  password: string,
  token: { salt: string; newsalt: string; time: string },
): WhatsminerKeys {
  const key = md5Crypt(password, token.salt);
  return { aesKey: createHash('sha256').update(key).digest(), sign: md5Crypt(key + token.time, token.newsalt) };
}

/** AES-256-ECB over the JSON, filled up with zero bytes, in base64. */
export function encrypt(aesKey: Buffer, command: object): string {
  const text = Buffer.from(JSON.stringify(command));
  const padded = Buffer.concat([text, Buffer.alloc((16 - (text.length % 16)) % 16)]);
  const cipher = createCipheriv('aes-256-ecb', aesKey, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export function decrypt(aesKey: Buffer, data: string): string | undefined {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-ecb', aesKey, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()])
    .toString('utf8')
    .replaceAll('\0', '');
}
