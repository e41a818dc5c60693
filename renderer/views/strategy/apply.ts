import type { Client } from '#shared/rpc/contract.ts';
import type { Problem } from '#shared/contract/done.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { Site } from '#shared/site.ts';
import type { changesOf } from './form-values.ts';

/** One transaction: all changes or none. @returns what was refused */
export async function applyChanges(
  engine: Client<EngineContract>,
  site: Site,
  changes: ReturnType<typeof changesOf>,
): Promise<Problem[]> {
  // A change can set a value but not take one away; the whole site can.
  const removes = Object.values(changes).some((value) => value === undefined);
  const control = { ...site.control, ...changes };
  const done = removes
    ? await engine.site.save({ ...site, control: JSON.parse(JSON.stringify(control)) as Site['control'] })
    : await engine.control.changeSettings({ control: changes });
  return done.outcome === 'refused' ? done.problems : [];
}
