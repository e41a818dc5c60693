/** A plan as it is edited: the engine checks it and names what is wrong. */
export type Draft = Record<string, unknown>;

/** The plan with one figure changed; `field` is a path such as `sources.0.headM`. The draft itself stays as it is. */
export function withField(draft: Draft, field: string, value: unknown): Draft {
  const [key = '', ...rest] = field.split('.');
  return { ...draft, [key]: changed(draft[key], rest, value) };
}

function changed(node: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(node)) return node.map((each, i) => (String(i) === key ? changed(each, rest, value) : each));
  const object = typeof node === 'object' && node !== null ? (node as Draft) : {};
  return { ...object, [key]: changed(object[key], rest, value) };
}

/** Words that say nothing without the thing they belong to. */
const NEEDS_OWNER = new Set(['kind', 'volatilityPercent', 'percentPerYear', 'factor', 'factors', 'perKwh', 'months']);
const NEEDS_OWNER_TOO = new Set(['days', 'from', 'to', 'watts', 'price', 'fromMs', 'toMs']);

/** The key of a field's name: its last word, with the one before where that is needed, and its place in a list from 1 on. */
export function nameOf(field: string): { key: string; place?: number } {
  const parts = field.split('.');
  const words = parts.filter((part) => !/^\d+$/.test(part));
  const last = words.at(-1) ?? '';
  const owner = words.at(-2);
  const needs = NEEDS_OWNER.has(last) || NEEDS_OWNER_TOO.has(last);
  const key = needs && owner !== undefined ? `${owner}_${last}` : last;
  // sources.0.headM is the first source, which its heading says; curve.3.powerW is the fourth point.
  const inner = parts.slice(2).find((part) => /^\d+$/.test(part));
  return inner === undefined ? { key } : { key, place: Number(inner) + 1 };
}

/** What another kind of course or demand begins with, so that choosing it gives a plan and no riddle. */
export function withKind(draft: Draft, field: string, kind: string, nowMs: number): Draft {
  const at = field.replace(/\.kind$/, '');
  if (at === 'demand') return { ...draft, demand: DEMANDS[kind]?.(nowMs) ?? draft['demand'] };
  const [, name = ''] = at.split('.');
  const economics = draft['economics'] as Draft;
  const { volatilityPercent } = economics[name] as Draft;
  return withField(draft, at, { kind, volatilityPercent, ...COURSES[kind] });
}

const DAY_MS = 86_400_000;
const DEMANDS: Record<string, (nowMs: number) => Draft> = {
  none: () => ({ kind: 'none' }),
  profile: () => ({ kind: 'profile', profile: 'home', kwhPerYear: 4500 }),
  ledger: (nowMs) => ({ kind: 'ledger', fromMs: nowMs - 365 * DAY_MS, toMs: nowMs }),
};
const COURSES: Record<string, Draft> = {
  drift: { percentPerYear: 0 },
  halving: { factor: 1 },
  own: { factors: [1] },
};
