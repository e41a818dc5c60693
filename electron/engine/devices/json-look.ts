import type { JsonField } from '../profiles/profile.ts';
import { pick } from './json.ts';
import type { Look } from './normalize/normalize.ts';
import type { Setup } from './register-image.ts';

/** Replaces `{key}` by what the owner has set up, or the profile's default; undefined where neither is there. */
export function filled(text: string, setup: Setup, defaults: Setup): string | undefined {
  let complete = true;
  const out = text.replaceAll(/\{([a-zA-Z]+)\}/g, (_, key: string) => {
    const value = setup[key] ?? defaults[key];
    if (value === undefined) complete = false;
    return String(value);
  });
  return complete ? out : undefined;
}

/** Looks fields of a JSON or MQTT profile up in the payloads by request or topic name. */
export function jsonLook(payloads: Readonly<Record<string, unknown>>, setup: Setup, defaults: Setup): Look {
  return (field) => {
    const { from, path } = field as JsonField;
    const where = filled(path, setup, defaults);
    return where === undefined ? undefined : scalar(reach(payloads[from], where));
  };
}

/** `*` is every entry of a list or object; their numbers are added up, and one that is none makes the sum unknown. */
function reach(payload: unknown, path: string): unknown {
  const star = path.split('.').indexOf('*');
  if (star < 0) return pick(payload, path);
  const steps = path.split('.');
  const list = pick(payload, steps.slice(0, star).join('.'));
  if (typeof list !== 'object' || list === null) return undefined;
  const values = Object.values(list).map((entry) => scalar(reach(entry, steps.slice(star + 1).join('.'))));
  if (values.length === 0 || values.some((value) => typeof value !== 'number')) return undefined;
  return values.reduce<number>((all, value) => all + Number(value), 0);
}

/** Devices write numbers as text too; words stay words. */
function scalar(value: unknown): number | string | boolean | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return /^\s*[-+]?\d+(\.\d+)?([eE][-+]?\d+)?\s*$/.test(value) ? Number(value) : value.trim();
}
