import type { Behaving } from './behaving.ts';
import { cgminerAsked, cgminerReply, invalidCommand } from './faces.ts';

const BOARDS = 2;
const PROCESSORS = 4;

/** BFGMiner (README.RPC): two boards of two processors each, switched one by one; it knows no watts. */
export function bfgminer(miner: Behaving, nowMs: () => number) {
  const off = new Set(Array.from({ length: PROCESSORS }, (_, id) => id));

  const entry = (id: number, name: string) => {
    const { phase, hashrateThs, accepted, rejected, chipC } = miner.now();
    // After a restart of its own it mines on all of them, whatever it was told before.
    if (miner.now().wanted === 'run' && off.size === PROCESSORS && !miner.quirks.ignoresStop) off.clear();
    return {
      PGA: id,
      Name: name,
      ID: id,
      Enabled: off.has(id) ? 'N' : 'Y',
      Status: phase === 'mining' ? 'Alive' : 'NoStart',
      Temperature: Math.round(chipC),
      'MHS 20s': (hashrateThs * 1e6) / PROCESSORS,
      Accepted: accepted,
      Rejected: rejected,
    };
  };

  function set(parameter: string, on: boolean): string {
    const id = Number(parameter);
    if (!Number.isInteger(id) || id < 0 || id >= PROCESSORS)
      return cgminerReply(nowMs(), 107, `Invalid PGA id ${parameter} - range is 0 - ${PROCESSORS - 1}`, {}, 'E');
    if (on) off.delete(id);
    else off.add(id);
    miner.want(off.size < PROCESSORS);
    return cgminerReply(nowMs(), on ? 60 : 61, `PGA ${id} set to ${on ? 'en' : 'dis'}able`);
  }

  const denied = () => cgminerReply(nowMs(), 45, 'Access denied', {}, 'E');
  const known = ['version', 'summary', 'devs', 'procs', 'pools', 'procenable', 'procdisable', 'restart', 'privileged'];

  function answer(request: string): string {
    const { command, parameter } = cgminerAsked(request);
    const at = nowMs();
    const now = miner.now();
    if (command === 'version')
      return cgminerReply(at, 22, 'BFGMiner versions', { VERSION: [{ BFGMiner: '5.5.0', API: '3.3' }] });
    if (command === 'summary')
      return cgminerReply(at, 11, 'Summary', {
        SUMMARY: [
          {
            Elapsed: Math.floor(now.uptimeS),
            'MHS 20s': now.hashrateThs * 1e6,
            Accepted: now.accepted,
            Rejected: now.rejected,
            'Difficulty Accepted': now.accepted * now.spec.poolDifficulty,
          },
        ],
      });
    if (command === 'devs')
      return cgminerReply(at, 9, `${BOARDS} PGA(s)`, {
        DEVS: Array.from({ length: BOARDS }, (_, id) => entry(2 * id, 'SIM')),
      });
    if (command === 'procs')
      return cgminerReply(at, 9, `${PROCESSORS} PGA(s)`, {
        DEVS: Array.from({ length: PROCESSORS }, (_, id) => entry(id, 'SIM')),
      });
    if (command === 'pools')
      return cgminerReply(at, 7, '1 Pool(s)', { POOLS: [{ POOL: 0, Status: now.poolAlive ? 'Alive' : 'Dead' }] });
    if (command === 'check')
      return cgminerReply(at, 72, 'Check command', {
        CHECK: [{ Exists: known.includes(parameter) ? 'Y' : 'N', Access: miner.quirks.readOnly ? 'N' : 'Y' }],
      });
    if (!known.includes(command)) return invalidCommand(at);
    if (miner.quirks.readOnly) return denied();
    if (command === 'procenable' || command === 'procdisable') return set(parameter, command === 'procenable');
    if (command === 'restart') miner.reboot();
    return cgminerReply(at, 46, 'Privileged access OK');
  }

  return (request: string): string => miner.spoil(answer(request));
}
