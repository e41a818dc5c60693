import type { Role } from '#shared/contract/access.ts';
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
