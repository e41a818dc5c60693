import type { Role } from '#shared/contract/access.ts';
import { allowFor } from '#shared/contract/permissions.ts';
import { useAnswer, type Asked } from './use-answer.ts';

/** The role belongs to the session, so each connection is asked once. */
const roles = new WeakMap<Asked, Promise<Role>>();

function askRole(engine: Asked): Promise<Role> {
  const role = roles.get(engine) ?? engine.access.me({}).then((me) => me.role);
  roles.set(engine, role);
  return role;
}

/** What this page may do; absent until the engine has told. */
export const useRole = (): Role | undefined => useAnswer(askRole).answer;

/**
 * Why this page may not call a member of the contract: it may only look, or it is not on Spillway's own computer.
 * Absent: it may, or the engine has not told yet.
 */
export function useLock(member: string): 'viewer' | 'elsewhere' | undefined {
  const role = useRole();
  if (role === undefined || allowFor(role)(member)) return undefined;
  return allowFor('owner')(member) ? 'viewer' : 'elsewhere';
}
