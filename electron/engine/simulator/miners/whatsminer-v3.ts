import { createHash } from 'node:crypto';
import type { Behaving } from './behaving.ts';

const SALT = 'uhCiDyVj';

/** Whatsminer API 3; commands are signed with the miner's own time. */
export function whatsminerV3(miner: Behaving, nowMs: () => number, password = 'super') {
  const reply = (msg: unknown, code = 0) => ({ code, when: Math.floor(nowMs() / 1000), msg });

  function write({ cmd, param, ts, token, account }: Record<string, unknown>): object {
    const expected = createHash('sha256')
      .update(`${String(cmd)}${password}${SALT}${String(ts)}`)
      .digest('base64')
      .slice(0, 8);
    if (account !== 'super' || token !== expected || Math.abs(Number(ts) - nowMs() / 1000) > 30)
      return reply('token error', -2);
    if (cmd === 'set.miner.service') {
      if (param === 'restart') miner.reboot();
      else miner.want(param === 'start');
      if (param === 'start') miner.aimAt(miner.now().spec.maxW);
    } else if (cmd === 'set.miner.power_percent') {
      const { percent } = param as { percent: string };
      miner.aimAt((Number(percent) / 100) * miner.now().spec.maxW);
    } else return reply('invalid command', -1);
    return reply('ok');
  }

  return (message: Record<string, unknown>): object => {
    const now = miner.now();
    if (message['cmd'] === 'get.device.info')
      return reply({
        miner: { type: 'M60S_VK40', working: String(now.wanted === 'run'), 'fast-boot': 'disable' },
        system: { fwversion: 'simulated', apiswitch: miner.quirks.readOnly ? '0' : '1' },
        salt: SALT,
      });
    if (message['cmd'] !== 'get.miner.status') return write(message);
    if (message['param'] === 'pools') return reply({ pools: [{ status: 'alive' }] });
    return reply({
      summary: {
        elapsed: Math.floor(now.uptimeS),
        'power-realtime': Math.round(now.drawW),
        'power-limit': now.spec.maxW,
        'hash-realtime': now.hashrateThs,
        'chip-temp-max': now.chipC,
        'up-freq-finish': now.phase === 'mining' ? 1 : 0,
      },
    });
  };
}
