/** Mulberry32: the same seed gives the same run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const STRANGE = [
  null,
  '',
  'NaN',
  'unavailable',
  '-',
  [],
  {},
  [[]],
  true,
  -1,
  1e308,
  -1e308,
  1e12,
  Number.MAX_SAFE_INTEGER,
  '12.5',
  ' 7 ',
  '1e999',
  '0x10',
];

/** One strange thing somewhere in a JSON value: a member gone, of another type, or absurd. */
export function mutateJson(value: unknown, random: () => number): unknown {
  const pickOne = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  if (random() < 0.15 || typeof value !== 'object' || value === null) return pickOne(STRANGE);
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) };
  const key = pickOne(Object.keys(copy));
  if (key === undefined) return copy;
  const members = copy as Record<string, unknown>;
  if (random() < 0.2) delete members[key];
  else members[key] = mutateJson(members[key], random);
  return copy;
}

/** Bytes flipped, cut off, doubled or put in. */
export function mutateBytes(bytes: Uint8Array, random: () => number): Uint8Array {
  const out = [...bytes];
  for (let n = 1 + Math.floor(random() * 6); n > 0; n--) {
    const at = Math.floor(random() * out.length);
    const kind = random();
    if (kind < 0.5) out[at] = Math.floor(random() * 256);
    else if (kind < 0.65) out.splice(at, 1 + Math.floor(random() * 8));
    else if (kind < 0.8) out.splice(at, 0, ...out.slice(at, at + 8));
    else if (kind < 0.9) out.length = at;
    else out.splice(at, 0, 0x1b, 0x1b, 0x1b, 0x1b);
  }
  return Uint8Array.from(out);
}

const EDGES = [0, 1, 0x7fff, 0x8000, 0xffff, 0x7f80, 0xff80, 0x7fc0, 0xfffe];

export function mutateWords(words: readonly number[], random: () => number): number[] {
  const out = [...words];
  for (let n = 1 + Math.floor(random() * 4); n > 0 && out.length > 0; n--) {
    const at = Math.floor(random() * out.length);
    const edge = EDGES[Math.floor(random() * EDGES.length)] ?? 0;
    if (random() < 0.1) out.length = at;
    else out[at] = random() < 0.5 ? edge : Math.floor(random() * 65_536);
  }
  return out;
}
