// Small whole numbers in few bytes: 7 bits each, lowest first (LEB128), signs folded in (zigzag). Plain arithmetic
// instead of bit operations, which are 32-bit in JavaScript.

export interface PackWriter {
  put(value: number): void;
  bytes(): Buffer;
}

export function packWriter(sizeHint = 512): PackWriter {
  let buffer = Buffer.allocUnsafe(sizeHint);
  let length = 0;
  return {
    put(value) {
      if (length + 10 > buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      let rest = value < 0 ? -2 * value - 1 : 2 * value;
      while (rest >= 128) {
        buffer[length++] = (rest % 128) + 128;
        rest = Math.floor(rest / 128);
      }
      buffer[length++] = rest;
    },
    bytes: () => Buffer.from(buffer.subarray(0, length)),
  };
}

/** @returns every number in `bytes`; throws on a truncated one */
export function unpack(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let factor = 1;
  for (const byte of bytes) {
    value += (byte % 128) * factor;
    if (byte >= 128) {
      factor *= 128;
      continue;
    }
    values.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
    value = 0;
    factor = 1;
  }
  if (factor !== 1) throw new Error('packed numbers end in the middle of one');
  return values;
}
