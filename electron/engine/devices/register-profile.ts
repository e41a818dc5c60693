import type { PlantDevice } from '#shared/device.ts';
import type { RegisterProfile } from '../profiles/profile.ts';
import type { RegisterSource } from '../transports/registers.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { registerFamily, type FamilyContext, type Framing, type Read } from './family.ts';
import { given } from './normalize/directions.ts';
import { normalize } from './normalize/normalize.ts';
import { imageOf, registerLook, unitOf } from './register-image.ts';

type Block = RegisterProfile['blocks'][number];
interface Kept {
  words: readonly number[] | undefined;
  atMs: number;
}

/** A block that the device does not have is asked for again only after this time, ms. */
const ABSENT_RETRY_MS = 600_000;

/** Reads a family of registers as its profile says: blocks, then quantities. */
export function registerProfileFamily(profile: RegisterProfile, framing?: Framing): OpenPlantAdapter {
  const { gapMs, settleMs, timeoutMs, unit } = profile.bus;
  const manners = { unit, ...given({ gapMs, settleMs, timeoutMs, framing }) };
  return registerFamily(manners, (source, on, context) => registerProfileRead(profile, source, on, context));
}

/** The reading of one device by its profile, for families that find the source by themselves. */
export function registerProfileRead(
  profile: RegisterProfile,
  source: RegisterSource,
  unit: number,
  context: FamilyContext,
): Read {
  const { device, ports, ok } = context;
  const kept = new Map<Block, Kept>();
  return async (signal) => {
    for (const block of profile.blocks) {
      const fault = await refresh(source, block, kept, unit, device, ports.clock.now(), profile, signal);
      if (fault) return fault;
    }
    const parts = profile.blocks.flatMap((block) => {
      const words = kept.get(block)?.words;
      const on = unitOf(block.unit, unit, device.setup);
      return words === undefined || on === undefined
        ? []
        : [{ table: block.table ?? profile.table, unit: on, at: block.at, words }];
    });
    return ok(normalize(profile, registerLook(profile, imageOf(parts), unit, device.setup), device.roles), parts);
  };
}

async function refresh(
  source: RegisterSource,
  block: Block,
  kept: Map<Block, Kept>,
  own: number,
  { setup }: PlantDevice,
  nowMs: number,
  profile: RegisterProfile,
  signal: AbortSignal,
) {
  const unit = unitOf(block.unit, own, setup);
  if (unit === undefined) return undefined;
  const before = kept.get(block);
  const goodForMs = before?.words === undefined ? ABSENT_RETRY_MS : (block.everyS ?? 0) * 1000;
  if (before && nowMs - before.atMs < goodForMs) return undefined;
  const read = await source.read(
    { table: block.table ?? profile.table, at: block.at, count: block.count, unit },
    signal,
  );
  if (read.outcome === 'ok') {
    kept.set(block, { words: read.words, atMs: nowMs });
    return undefined;
  }
  kept.delete(block);
  // Only an answer of the device proves that it lacks the block; silence does not.
  if (!block.optional || read.exception === undefined) return read;
  if (read.fault.kind === 'unsupported') kept.set(block, { words: undefined, atMs: nowMs });
  return undefined;
}
