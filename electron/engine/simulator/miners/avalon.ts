import type { Behaving } from './behaving.ts';
import { cgminerAsked, cgminerReply, invalidCommand } from './faces.ts';

export interface AvalonKind {
  product: string;
  modesW: readonly number[];
  /** Nano 3 has none. */
  standby: boolean;
  /** Mini 3: levels -1 and 0 instead of modes. */
  levels?: boolean;
  /** A10 to A15: a longer status, options that are not listed, and older ones that no `softon` wakes. */
  rack?: boolean;
}
export const AVALON_MINI_3: AvalonKind = { product: 'Avalon Mini 3', modesW: [500, 800], standby: true, levels: true };
export const AVALON_1246: AvalonKind = { product: 'AvalonMiner 1246', modesW: [3400], standby: true, rack: true };
export const AVALON_Q: AvalonKind = { product: 'Avalon Q', modesW: [800, 1300, 1650], standby: true };
export const AVALON_NANO_3S: AvalonKind = { product: 'Avalon Nano 3S', modesW: [65, 100, 140], standby: false };

/** The home units' API: work modes, a stop and a start by the clock of the miner. */
export function avalon(miner: Behaving, kind: AvalonKind, nowMs: () => number) {
  let mode = 0;
  let softOffS = Infinity;
  /** Mode changes are refused while it calibrates. */
  const state = { calibrating: false };

  const info = (message: string) => cgminerReply(nowMs(), 118, `ASC 0 set info: ${message}`, {}, 'I');
  const refuse = (message: string) => cgminerReply(nowMs(), 120, `ASC 0 set failed: ${message}`, {}, 'E');

  function set(parameter: string): string | undefined {
    const [, option = '', ...values] = parameter.split(',');
    if (option === 'help' && kind.rack) return info('help|fan|frequency|voltage|led|reboot');
    if (option === 'help')
      return info(['help', 'workmode', ...(kind.standby ? ['softon', 'softoff'] : []), 'reboot'].join('|'));
    if (option === 'worklevel' && kind.levels) {
      mode = Number(values[1]) + 1;
      miner.aimAt(kind.modesW[mode] ?? 0);
      return cgminerReply(nowMs(), 119, 'ASC 0 set OK');
    }
    if (option === 'workmode' && !kind.levels) {
      if (state.calibrating) return refuse(`current mode ${mode} is caling Don't permit switch mode`);
      mode = Number(values[1]);
      miner.aimAt(kind.modesW[mode] ?? 0);
      return cgminerReply(nowMs(), 119, 'ASC 0 set OK');
    }
    const atS = Number(/^1:(\d+)$/.exec(values[0] ?? '')?.[1]);
    if (option === 'softoff' && kind.standby && atS * 1000 >= nowMs() - 1000) {
      softOffS = atS;
      return info(`success softoff:${atS}`);
    }
    if (option === 'softon' && kind.standby) {
      softOffS = Infinity;
      if (!kind.rack) miner.want(true);
      // It closes the connection without a word.
      return undefined;
    }
    if (option === 'reboot') {
      miner.reboot();
      if (kind.rack) miner.want(true);
      return undefined;
    }
    return refuse(`unknown option ${option}`);
  }

  function status(): string {
    const now = miner.now();
    const idle = now.phase === 'paused';
    const watts = Math.round(now.drawW);
    const line = [
      `Ver[Q-25052801_sim] STATE[${idle ? 2 : 1}] SYSTEMSTATU[Work: ${idle ? 'In Idle' : 'In Work'}, Hash Board: 1]`,
      `Elapsed[${Math.floor(now.uptimeS)}] TMax[${idle ? 0 : Math.round(now.chipC)}] Fan1[${idle ? 0 : 2100}]`,
      `PS[0 1212 2285 35 ${Math.round(watts * 0.97)} 2286 ${watts}] GHSspd[${(now.hashrateThs * 1000).toFixed(2)}] GHSavg[44000.00]`,
      `SoftOFF[4] ${kind.levels ? `WORKMODE[1] WORKLEVEL[${mode - 1}]` : `WORKMODE[${mode}]`} MPO[${kind.modesW[mode] ?? 0}]`,
    ].join(' ');
    return cgminerReply(nowMs(), 70, 'CGMiner stats', {
      STATS: [kind.rack ? { 'MM ID0': line } : { 'MM ID0:Summary': `'STATS':{${line}}` }],
    });
  }

  function answer(request: string): string | undefined {
    if (nowMs() / 1000 >= softOffS) {
      softOffS = Infinity;
      miner.want(false);
    }
    const { command, parameter } = cgminerAsked(request);
    const now = miner.now();
    if (command === 'ascset')
      return miner.quirks.readOnly
        ? cgminerReply(nowMs(), 45, "Access denied to 'ascset' command", {}, 'E')
        : set(parameter);
    if (command === 'estats' || (command === 'litestats' && !kind.rack)) return miner.spoil(status());
    if (command === 'version')
      return cgminerReply(nowMs(), 22, 'CGMiner versions', {
        VERSION: [{ PROD: kind.product, CGVERSION: '25052801_sim' }],
      });
    if (command === 'summary')
      return cgminerReply(nowMs(), 11, 'Summary', {
        SUMMARY: [
          {
            Elapsed: Math.floor(now.uptimeS),
            'MHS 5s': now.hashrateThs * 1e6,
            Accepted: now.accepted,
            Rejected: now.rejected,
          },
        ],
      });
    if (command === 'pools')
      return cgminerReply(nowMs(), 7, '1 Pool(s)', {
        POOLS: [{ Status: 'Alive', 'Difficulty Accepted': now.accepted * 1024 }],
      });
    return invalidCommand(nowMs());
  }

  return { state, answer };
}
