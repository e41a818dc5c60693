import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

export const TAG_BYTES = 16;

const thrice = (bytes: Buffer): Buffer => {
  const once = (input: Buffer) => createHash('sha256').update(input).digest();
  return once(once(once(bytes)));
};

/** Key, nonce and what is signed along with the message: all from the gateway's own random bytes (suaveolent/hoymiles-wifi). */
function partsOf(random: Buffer, command: number, sequence: number) {
  const signed = Buffer.alloc(4);
  signed.writeUInt16LE(command, 0);
  signed.writeUInt16LE(sequence, 2);
  return { key: thrice(random).subarray(0, 16), nonce: thrice(Buffer.concat([signed, random])).subarray(-12), signed };
}

/** AES-128-GCM; the result ends with its tag. */
export function encrypted(random: Buffer, command: number, sequence: number, message: Buffer): Buffer {
  const { key, nonce, signed } = partsOf(random, command, sequence);
  const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(signed);
  return Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()]);
}

/** @returns undefined where the tag does not fit */
export function decrypted(random: Buffer, command: number, sequence: number, bytes: Buffer): Buffer | undefined {
  if (bytes.length < TAG_BYTES) return undefined;
  const { key, nonce, signed } = partsOf(random, command, sequence);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAAD(signed).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
