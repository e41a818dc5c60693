import type { Role } from '#shared/contract/access.ts';
import { useAnswer } from './use-answer.ts';

/** What this page may do; absent until the engine has told. */
export const useRole = (): Role | undefined => useAnswer(askRole).answer?.role;

const askRole: Parameters<typeof useAnswer<{ role: Role }>>[0] = (engine) => engine.access.me({});
