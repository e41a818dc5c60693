import type { AccessHandlers } from '#engine/remote.ts';

const refused = () => ({ outcome: 'refused' as const, message: 'closed' });
const problems = () => ({ outcome: 'refused' as const, problems: [{ field: 'access', message: 'closed' }] });

/** For engines that nobody reaches over a network. */
export const closedAccess: AccessHandlers = {
  state(emit) {
    emit({ enabled: false, port: 8473, names: [], hasPassword: false, addresses: [], sessions: [] });
    return () => {};
  },
  change: problems,
  setPassword: problems,
  pair: refused,
  endSession: problems,
  useCertificate: problems,
  makeCertificate: problems,
};
