import { z } from 'zod';
import { Profile } from '../profiles/profile.ts';
import { parseBounded } from '../transports/bounded-json.ts';
import { plantAdapters } from './registry.ts';

export type ReadProfile = { outcome: 'ok'; profile: Profile } | { outcome: 'failed'; problems: string[] };

/** An owner's own device family from a JSON file; each problem names the file and the field. */
export function readProfile(file: string, text: string): ReadProfile {
  const json = parseBounded(text);
  if (!json.ok) return { outcome: 'failed', problems: [`${file} is no JSON; check commas, quotes and brackets`] };
  const parsed = Profile.safeParse(json.value);
  if (!parsed.success)
    return { outcome: 'failed', problems: parsed.error.issues.flatMap((issue) => told(file, issue)) };
  if (Object.hasOwn(plantAdapters, parsed.data.id))
    return { outcome: 'failed', problems: [`${file}: id “${parsed.data.id}” is a family of Spillway; choose another`] };
  return { outcome: 'ok', profile: parsed.data };
}

function told(file: string, issue: z.core.$ZodIssue): string[] {
  const field = z.core.toDotPath(issue.path.filter((step) => typeof step !== 'symbol'));
  return [`${file}: ${field === '' ? 'the whole' : field}: ${issue.message}`];
}
