/** The value at a path such as `Body.Data.Site.P_Grid`, `emeters.0.power`, or `meters[type=eim].wNow`; '' is the whole. */
export function pick(value: unknown, path: string): unknown {
  let here = value;
  for (const step of path === '' ? [] : path.split(/\.(?![^[]*\])/)) {
    const filter = /^([^[]*)\[([^=\]]+)=([^\]]*)\]$/.exec(step);
    if (!filter) here = member(here, step);
    else {
      const [, name = '', key = '', wanted] = filter;
      const list = name === '' ? here : member(here, name);
      here = Array.isArray(list) ? list.find((entry) => String(member(entry, key)) === wanted) : undefined;
    }
  }
  return here;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** A finite number at the path, also where the device writes it as text; undefined for anything else. */
export function numberIn(value: unknown, path = ''): number | undefined {
  const found = pick(value, path);
  if (typeof found === 'number') return Number.isFinite(found) ? found : undefined;
  if (typeof found !== 'string' || !/^\s*[-+]?\d+(\.\d+)?([eE][-+]?\d+)?\s*$/.test(found)) return undefined;
  const parsed = Number(found);
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function textIn(value: unknown, path = ''): string | undefined {
  const found = pick(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function listIn(value: unknown, path = ''): unknown[] {
  const found = pick(value, path);
  return Array.isArray(found) ? found : [];
}

/** The entries of an object at the path. */
export function entriesIn(value: unknown, path = ''): [string, unknown][] {
  const found = pick(value, path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
}

export function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : Number((value * factor).toPrecision(12));
}

/** A number, or the sum of a list of numbers; undefined where any is none. */
export function sumOrNumber(value: unknown, path: string): number | undefined {
  const found = pick(value, path);
  if (!Array.isArray(found)) return numberIn(found);
  const numbers = found.map((entry) => numberIn(entry));
  return numbers.length === 0 || numbers.includes(undefined)
    ? undefined
    : numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
}
