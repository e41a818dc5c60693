import { LAYOUTS, MPPT_MODULE } from './sunspec-layout.ts';

/** Engineering values by point name; a point left out gets its "not implemented" marker. */
export type Points = Readonly<Record<string, number | string>>;

export interface ModelData {
  id: number;
  points: Points;
  /** Repeated modules of model 160. */
  modules?: readonly Points[];
}

interface Point {
  name: string;
  type: string;
  size: number;
  scale: string | undefined;
}

const SIZES: Readonly<Record<string, number>> = { u: 1, i: 1, e: 1, f: 1, p: 1, a: 2, l: 2, b: 2, A: 4 };

const parsed = new Map<string, readonly Point[]>();

function layout(text: string): readonly Point[] {
  const known = parsed.get(text);
  if (known) return known;
  const points = text.split(' ').map((token): Point => {
    const [head = '', scale] = token.split('*');
    const [name = '', type = ''] = head.split(':');
    const size = type.startsWith('s') ? Number(type.slice(1)) : SIZES[type];
    if (!size) throw new Error(`point "${token}" has no known type`);
    return { name, type: type.charAt(0), size, scale };
  });
  parsed.set(text, points);
  return points;
}

/** Markers of SunSpec's "Information Model Specification": what a point without a value reads as. */
function absent(point: Point): number[] {
  if (point.type === 's' || point.type === 'a' || point.type === 'A')
    return Array.from({ length: point.size }, () => 0);
  if (point.type === 'i' || point.type === 'f' || point.type === 'p') return [0x8000];
  return Array.from({ length: point.size }, () => 0xffff);
}

const limits: Readonly<Record<string, readonly [number, number]>> = {
  u: [0, 65_534],
  i: [-32_767, 32_767],
  f: [-10, 10],
  e: [0, 65_534],
};

function wordsOf(point: Point, points: Points, scales: Points): number[] {
  const value = points[point.name];
  if (value === undefined) return absent(point);
  if (typeof value === 'string') {
    const bytes = Buffer.alloc(point.size * 2);
    bytes.write(value, 'utf8');
    return Array.from({ length: point.size }, (_, i) => bytes.readUInt16BE(2 * i));
  }
  const power = point.scale ? Number(scales[point.scale] ?? 0) : 0;
  const raw = Math.round(value / 10 ** power);
  if (point.size === 1) {
    const [low, high] = limits[point.type] ?? [0, 65_535];
    return [Math.min(high, Math.max(low, raw)) & 0xffff];
  }
  const wide = BigInt(raw);
  return Array.from({ length: point.size }, (_, i) => Number((wide >> BigInt(16 * (point.size - 1 - i))) & 0xffffn));
}

/** The whole register map of a device, from the marker at 40000 to the end model. */
export function sunspecMap(models: readonly ModelData[]): Uint16Array {
  const words = [0x5375, 0x6e53];
  for (const { id, points, modules = [] } of models) {
    const text = LAYOUTS[id];
    if (!text) throw new Error(`model ${id} has no layout`);
    const body = layout(text).flatMap((point) => wordsOf(point, points, points));
    for (const module of modules) body.push(...layout(MPPT_MODULE).flatMap((point) => wordsOf(point, module, points)));
    words.push(id, body.length, ...body);
  }
  words.push(0xffff, 0);
  return Uint16Array.from(words);
}
