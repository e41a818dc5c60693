import type { DeviceFault } from '#shared/device.ts';

export type Failed = { outcome: 'failed'; fault: DeviceFault };
export type FaultKind = DeviceFault['kind'];

export const failed = (kind: FaultKind, message: string): Failed => ({ outcome: 'failed', fault: { kind, message } });

const ADVICE: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there; check the port and that its local interface is switched on',
  ENOTFOUND: 'the name is not known in this network; check its spelling or use the IP address',
  EAI_AGAIN: 'the name could not be looked up; check the network connection',
  EHOSTUNREACH: 'there is no way to it; check that it is switched on and in this network',
  ENETUNREACH: 'there is no way to it; check the network connection of this computer',
  ECONNRESET: 'it closed the connection; another program may be using its only connection',
  EPIPE: 'it closed the connection; another program may be using its only connection',
  ETIMEDOUT: 'it did not answer; check that it is switched on and in this network',
  ENOENT: 'there is no such port; check that the adapter is plugged in',
  EACCES: 'access is not allowed; add this user to the group that owns the port',
};

/** A failed socket or request as a fault that names the address and what to do. */
export function networkFault(address: string, error: unknown): Failed {
  const { code, message, name } = errorParts(error);
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT')
    return failed('timeout', `${address} did not answer in time; check that it is switched on and in this network`);
  if (name === 'AbortError') return failed('timeout', `${address}: the request was cancelled`);
  return failed('unreachable', `${address} cannot be reached: ${ADVICE[code] ?? message}`);
}

function errorParts(error: unknown): { code: string; message: string; name: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error), name: '' };
  const inner = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
  return { code, message: inner.message, name: inner.name };
}
