import type { CgminerResult } from '#engine/transports/cgminer.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import { flagAt, textAt } from './fields.ts';
import type { Levels } from './levels.ts';

/** How a program behind the CGMiner API can be held back. */
export type Control = { outcome: 'ok'; levels: Levels | undefined } & (
  | { by: 'pause' }
  /** `list` names them one by one: a BFGMiner device can be several processors, and `devs` shows one line for all. */
  | { by: 'devices'; list: 'devs' | 'procs'; on: string; off: string; id: 'ASC' | 'PGA' }
);

type Ask = (command: string, signal: AbortSignal, parameter?: string) => Promise<CgminerResult>;

/** Finds it out by asking: write access first, then which commands exist, then the options of the device. */
export async function findControl(address: string, ask: Ask, signal: AbortSignal): Promise<Control | Failed> {
  const privileged = await ask('privileged', signal);
  if (privileged.outcome === 'failed' && privileged.fault.kind !== 'unsupported') return privileged;
  const levels = await findLevels(ask, signal);
  const exists = async (command: string) => {
    const reply = await ask('check', signal, command);
    const entry = reply.outcome === 'ok' ? reply.value : undefined;
    return flagAt(entry, 'CHECK', 0, 'Exists') === true && flagAt(entry, 'CHECK', 0, 'Access') !== false;
  };
  if ((await exists('pause')) && (await exists('resume'))) return { outcome: 'ok', by: 'pause', levels };
  if (await exists('ascdisable'))
    return { outcome: 'ok', by: 'devices', list: 'devs', on: 'ascenable', off: 'ascdisable', id: 'ASC', levels };
  if (await exists('procdisable'))
    return { outcome: 'ok', by: 'devices', list: 'procs', on: 'procenable', off: 'procdisable', id: 'PGA', levels };
  return failed('refused', `${address} offers no command that stops mining; put this miner on a switched plug`);
}

/** `ascset 0,help` lists a driver's own options in its message: “power: range 900-3000 W”. */
async function findLevels(ask: Ask, signal: AbortSignal): Promise<Levels | undefined> {
  const help = await ask('ascset', signal, '0,help');
  const message = help.outcome === 'ok' ? textAt(help.value, 'STATUS', 0, 'Msg') : undefined;
  const [, min, max] = /\bpower:\D*?(\d+)\s*-\s*(\d+)\s*W/i.exec(message ?? '') ?? [];
  if (min === undefined || max === undefined) return undefined;
  const [minW, maxW] = [Number(min), Number(max)];
  return minW > 0 && maxW > minW ? { kind: 'range', minW, maxW, stepW: 1 } : undefined;
}
