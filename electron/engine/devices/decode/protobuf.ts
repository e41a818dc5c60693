/** One message of Protocol Buffers: its fields by number, in order. Numbers are varints; texts and messages are bytes. */
export type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** @returns undefined where the bytes are no whole message */
export function decodeMessage(bytes: Uint8Array): Message | undefined {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  /** Up to 2^53; a larger one is no quantity of ours. */
  const varint = (): number | undefined => {
    for (let value = 0, factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const key = varint();
    if (key === undefined) return undefined;
    const wire = key & 7;
    const skip = wire === FIXED64 ? 8 : wire === FIXED32 ? 4 : undefined;
    const told = wire === VARINT || wire === BYTES ? varint() : skip;
    if (told === undefined) return undefined;
    if (wire === VARINT) {
      put(fields, Math.floor(key / 8), told);
      continue;
    }
    if (at + told > bytes.length) return undefined;
    if (wire === BYTES) put(fields, Math.floor(key / 8), bytes.subarray(at, at + told));
    at += told;
  }
  return fields;
}

function put(fields: Map<number, (number | Uint8Array)[]>, field: number, value: number | Uint8Array): void {
  const list = fields.get(field);
  if (list) list.push(value);
  else fields.set(field, [value]);
}

/** An int32 or int64 as sent: negative ones fill all 64 bits. */
export function integerIn(message: Message | undefined, field: number): number | undefined {
  const value = message?.get(field)?.at(-1);
  if (typeof value !== 'number') return undefined;
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

/** The messages of a repeated field; those that cannot be read are left out. */
export function messagesIn(message: Message | undefined, field: number): Message[] {
  return (message?.get(field) ?? []).flatMap((value) =>
    typeof value === 'number' ? [] : (decodeMessage(value) ?? []),
  );
}

export function bytesIn(message: Message | undefined, field: number): Uint8Array | undefined {
  const value = message?.get(field)?.at(-1);
  return value instanceof Uint8Array && value.length > 0 ? value : undefined;
}

export function stringIn(message: Message | undefined, field: number): string | undefined {
  const bytes = bytesIn(message, field);
  return bytes && Buffer.from(bytes).toString('utf8');
}

export type Field = readonly [number: number, value: number | string | Uint8Array];

export function encodeMessage(fields: readonly Field[]): Buffer {
  const out: Buffer[] = [];
  for (const [field, value] of fields) {
    if (typeof value === 'number') out.push(encodeVarint(field * 8 + VARINT), encodeVarint(value));
    else {
      const bytes = Buffer.from(value as string);
      out.push(encodeVarint(field * 8 + BYTES), encodeVarint(bytes.length), bytes);
    }
  }
  return Buffer.concat(out);
}

function encodeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
