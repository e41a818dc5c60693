import type { Site } from '#shared/site.ts';
import type { SessionPorts } from '#engine/miners/session.ts';
import { openLoads } from './loads.ts';

/** Loads get so long to be seen standing still, real ms; then their names are given to the owner. */
export const STOP_MS = 10_000;

/**
 * Without a ledger the engine does not start; loads that an engine before left running would run on with nobody in control.
 * @returns what to add to the refusal
 */
export async function stopUnattended(
  site: Site,
  { clock, log, secret }: Pick<SessionPorts, 'clock' | 'log' | 'secret'>,
): Promise<string> {
  if (site.loads.length === 0 || site.mode === 'observe') return '';
  const loads = openLoads(site.loads, {
    clock,
    log,
    secret,
    random: Math.random,
    timeZone: site.timeZone,
    onEvent: (event) => log.warn(event, 'while stopping'),
  });
  const unconfirmed = await loads.makeSafe(AbortSignal.timeout(STOP_MS));
  await loads.close();
  return unconfirmed.length === 0
    ? ' Until then nothing is mined: the loads were stopped.'
    : ` Until then nothing is mined, but ${unconfirmed.join(', ')} did not confirm a stop: switch that off at its plug.`;
}
