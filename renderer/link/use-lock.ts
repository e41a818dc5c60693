import { allowFor } from '#shared/contract/permissions.ts';
import { useRole } from './use-role.ts';

/**
 * Why this page may not call a member of the contract: it may only look, or it is not on Spillway's own computer.
 * Absent: it may, or the engine has not told yet.
 */
export function useLock(member: string): 'viewer' | 'elsewhere' | undefined {
  const role = useRole();
  if (role === undefined || allowFor(role)(member)) return undefined;
  return allowFor('owner')(member) ? 'viewer' : 'elsewhere';
}
