/** Values of one SML file by OBIS as hex, scaled. */
export type SmlFile = ReadonlyMap<string, number>;

const START = [0x1b, 0x1b, 0x1b, 0x1b, 0x01, 0x01, 0x01, 0x01];
const ESCAPE = [0x1b, 0x1b, 0x1b, 0x1b];
const END = 0x1a;
const MAX_DEPTH = 16;

/** Takes whole files from the front of the bytes; the rest begins at a start mark or holds too little for one. */
export function cutSml(bytes: Uint8Array): { files: Uint8Array[]; rest: Uint8Array } {
  const files: Uint8Array[] = [];
  let rest = bytes;
  for (;;) {
    const start = indexOf(rest, START, 0);
    if (start < 0) return { files, rest: rest.subarray(Math.max(0, rest.length - START.length + 1)) };
    rest = rest.subarray(start);
    const end = endOf(rest);
    if (end === undefined) return { files, rest };
    files.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
}

function endOf(bytes: Uint8Array): number | undefined {
  for (let at = START.length; ; at += 4) {
    at = indexOf(bytes, ESCAPE, at);
    if (at < 0 || at + 8 > bytes.length) return undefined;
    if (bytes[at + 4] === END) return at + 8;
  }
}

function indexOf(bytes: Uint8Array, wanted: readonly number[], from: number): number {
  for (let at = from; at + wanted.length <= bytes.length; at++)
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** Undefined where the checksum is wrong or nothing can be read (BSI TR-03109-1, SML 1.04). */
export function decodeSml(file: Uint8Array): SmlFile | undefined {
  const told = ((file[file.length - 1] ?? 0) << 8) | (file[file.length - 2] ?? 0);
  if (file.length < START.length + 8 || crcX25(file.subarray(0, file.length - 2)) !== told) return undefined;
  const values = new Map<string, number>();
  const cursor = { bytes: file.subarray(START.length, file.length - 8), at: 0 };
  while (cursor.at < cursor.bytes.length) {
    const node = parse(cursor, values, 0);
    if (node === undefined) break;
  }
  return values.size === 0 ? undefined : values;
}

type Node = number | Uint8Array | Node[];

/** Reads one type-length field; entries that look like a value with its OBIS are kept in passing. */
function parse(
  cursor: { bytes: Uint8Array; at: number },
  values: Map<string, number>,
  depth: number,
): Node | undefined {
  const { bytes } = cursor;
  const first = bytes[cursor.at++];
  if (first === undefined || depth > MAX_DEPTH) return undefined;
  const type = (first >> 4) & 0x7;
  let length = first & 0xf;
  let head = 1;
  for (let byte = first; byte & 0x80; head++) {
    byte = bytes[cursor.at++] ?? 0;
    length = (length << 4) | (byte & 0xf);
    if (head > 3) return undefined;
  }
  if (type === 7) {
    const list: Node[] = [];
    for (let i = 0; i < length; i++) {
      const node = parse(cursor, values, depth + 1);
      if (node === undefined) return undefined;
      list.push(node);
    }
    keep(list, values);
    return list;
  }
  const size = Math.max(0, length - head);
  if (cursor.at + size > bytes.length) return undefined;
  const content = bytes.subarray(cursor.at, cursor.at + size);
  cursor.at += size;
  if (type === 5 || type === 6) return integer(content, type === 5);
  return content;
}

/** Integers come in any number of bytes: three are as good as four. */
function integer(content: Uint8Array, signed: boolean): number {
  let value = 0;
  for (const byte of content) value = value * 256 + byte;
  return signed && content.length > 0 && (content[0] ?? 0) & 0x80 ? value - 2 ** (8 * content.length) : value;
}

/** SML_ListEntry: name, status, time, unit, scaler, value, signature. */
function keep(list: readonly Node[], values: Map<string, number>): void {
  const [name, , , , scaler, value] = list;
  if (list.length !== 7 || !(name instanceof Uint8Array) || name.length !== 6 || typeof value !== 'number') return;
  const power = typeof scaler === 'number' ? scaler : 0;
  const obis = Array.from(name, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (Math.abs(power) <= 12) values.set(obis, Number((value * 10 ** power).toPrecision(12)));
}

function crcX25(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc ^ 0xffff;
}
