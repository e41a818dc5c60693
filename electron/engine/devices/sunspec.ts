import type { RegisterSource } from '../transports/registers.ts';
import { registerFamily, type FamilyContext, type Read } from './family.ts';
import { findChain, readModels, type Chain } from './sunspec-chain.ts';
import { sunspecReading } from './sunspec-reading.ts';

/** Any SunSpec device by its own model list; the list is read once, and again when it has changed. */
export const openSunSpec = registerFamily({ timeoutMs: 4000 }, sunspecRead);

export function sunspecRead(source: RegisterSource, unit: number, { device, ok }: FamilyContext): Read {
  const meter = typeof device.setup['meter'] === 'number' ? device.setup['meter'] : 1;
  let chain: Chain | undefined;
  return async (signal) => {
    if (!chain) {
      const found = await findChain(source, unit, signal);
      if (found.outcome === 'failed') return found;
      chain = found.chain;
    }
    const read = await readModels(source, unit, chain, signal);
    if (read.outcome === 'failed') {
      if (read.fault.kind === 'changed-identity' || read.fault.kind === 'unsupported') chain = undefined;
      return read;
    }
    return ok(sunspecReading(read.models, chain.identity, { roles: device.roles, meter }), read.models);
  };
}
