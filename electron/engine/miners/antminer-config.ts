import { at, listAt } from './fields.ts';

/** Modes of the stock firmware: 0 normal, 1 sleep, 3 low power (miners.md 1.2). */
export type WorkMode = 0 | 1 | 3;

/** The body of set_miner_conf.cgi, which replaces everything: all but the mode is what was read. */
export function withMode(config: unknown, mode: WorkMode): Record<string, unknown> | undefined {
  const pools = listAt(config, 'pools');
  const whole =
    pools.length > 0 &&
    pools.every((pool) => ['url', 'user', 'pass'].every((key) => typeof at(pool, key) === 'string'));
  const fan = at(config, 'bitmain-fan-ctrl');
  const pwm = at(config, 'bitmain-fan-pwm');
  const now = at(config, 'bitmain-work-mode');
  if (!whole || fan === undefined || pwm === undefined || now === undefined) return undefined;
  return {
    'bitmain-fan-ctrl': fan,
    'bitmain-fan-pwm': pwm,
    // A text on some models, a number on others: the wrong one is accepted and ignored.
    'miner-mode': typeof now === 'number' ? mode : String(mode),
    'freq-level': at(config, 'bitmain-freq-level') ?? '100',
    pools: pools.map((pool) => ({ url: at(pool, 'url'), user: at(pool, 'user'), pass: at(pool, 'pass') })),
  };
}

/** Names of members that differ, but for the mode; the owner's settings must come out as they went in. */
export function changedMembers(before: unknown, after: unknown): string[] {
  const all = new Set([...Object.keys(Object(before)), ...Object.keys(Object(after))]);
  all.delete('bitmain-work-mode');
  return [...all].filter((key) => JSON.stringify(at(before, key)) !== JSON.stringify(at(after, key)));
}
