/** How a number lies in 16-bit registers; `hi8` and `lo8` are one byte of a register, `i24` the low three bytes of two. */
export type WordType = 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f32' | 'f64' | 'f16' | 'hi8' | 'lo8';
export type WordOrder = 'high-first' | 'low-first';

const LENGTH: Record<WordType, number> = {
  u16: 1,
  i16: 1,
  u32: 2,
  i32: 2,
  u64: 4,
  i64: 4,
  f32: 2,
  f64: 4,
  f16: 1,
  hi8: 1,
  lo8: 1,
};

/** Values that every family uses to say "not there"; a family's own come on top. */
const MARKERS: Partial<Record<WordType, readonly number[]>> = {
  u16: [0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
  u64: [Number(0xffffffffffffffffn)],
  i64: [Number(-0x8000000000000000n), Number(0x7fffffffffffffffn)],
};

export const wordsIn = (as: WordType): number => LENGTH[as];

/** The number at `from`, or undefined where words are missing, it is a marker or not finite. */
export function numberAt(
  words: readonly (number | undefined)[],
  from: number,
  as: WordType,
  order: WordOrder = 'high-first',
): number | undefined {
  const taken = words.slice(from, from + LENGTH[as]);
  if (taken.length < LENGTH[as] || taken.includes(undefined)) return undefined;
  const value = rawNumber(order === 'low-first' ? taken.toReversed() : taken, as);
  return !Number.isFinite(value) || MARKERS[as]?.includes(value) ? undefined : value;
}

function rawNumber(words: readonly (number | undefined)[], as: WordType): number {
  const view = new DataView(new ArrayBuffer(8));
  words.forEach((word, i) => view.setUint16(2 * i, word ?? 0));
  switch (as) {
    case 'u16':
      return view.getUint16(0);
    case 'i16':
      return view.getInt16(0);
    case 'u32':
      return view.getUint32(0);
    case 'i32':
      return view.getInt32(0);
    case 'u64':
      return Number(view.getBigUint64(0));
    case 'i64':
      return Number(view.getBigInt64(0));
    case 'f32':
      return view.getFloat32(0);
    case 'f64':
      return view.getFloat64(0);
    case 'f16':
      return halfFloat(view.getUint16(0));
    case 'hi8':
      return view.getUint8(0);
    case 'lo8':
      return view.getUint8(1);
  }
}

/** IEEE 754 binary16; Node 22 has no DataView.getFloat16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** ASCII in registers, trimmed; undefined where nothing printable is there. */
export function textAt(words: readonly (number | undefined)[], from: number, count: number): string | undefined {
  const bytes = words.slice(from, from + count).flatMap((word) => (word === undefined ? [] : [word >> 8, word & 0xff]));
  const text = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '\0')).join('');
  const trimmed = text.split('\0')[0]?.trim();
  return trimmed === undefined || trimmed === '' ? undefined : trimmed;
}

export const bit = (value: number, index: number): boolean => Math.floor(value / 2 ** index) % 2 === 1;
