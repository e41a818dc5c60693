import { decrypt, encrypt, whatsminerKeys } from '#engine/transports/whatsminer-cipher.ts';
import type { Behaving } from './behaving.ts';
import { cgminerAsked, cgminerReply, invalidCommand, jsonIn } from './faces.ts';

const SESSION_MS = 180_000;
const TOKEN = { salt: 'BQ5hoXV9', newsalt: 'wNB3yrbB', time: '4428' };

/** Whatsminer API 2: a second token within three minutes locks everybody out for three more. */
export function whatsminerV2(miner: Behaving, nowMs: () => number, password = 'admin') {
  const keys = whatsminerKeys(password, TOKEN);
  const plain: string[] = [];
  let tokenMs = -Infinity;
  let percent = 100;
  const code = (Code: number, Msg: unknown, STATUS: 'S' | 'E' = 'S') =>
    JSON.stringify({ STATUS, When: Math.floor(nowMs() / 1000), Code, Msg, Description: 'simulated' });

  function write(data: string): string {
    const text = decrypt(keys.aesKey, data) ?? '';
    const { cmd, token, ...rest } = jsonIn(text);
    if (cmd === undefined) return code(23, 'enc json load err', 'E');
    if (token !== keys.sign) return code(135, 'token check error', 'E');
    plain.push(text);
    if (miner.quirks.readOnly) return code(45, "can't access write cmd", 'E');
    if (cmd === 'power_off') miner.want(false);
    else if (cmd === 'power_on' || cmd === 'restart_btminer') {
      // A start forgets the percentage.
      percent = 100;
      miner.aimAt(miner.now().spec.maxW);
      miner.want(true);
    } else if (cmd === 'set_power_pct') {
      percent = Number(rest['percent']);
      miner.aimAt((percent / 100) * miner.now().spec.maxW);
    } else return code(14, 'invalid cmd', 'E');
    return JSON.stringify({ enc: encrypt(keys.aesKey, jsonIn(code(131, 'API command OK'))) });
  }

  function token(): string {
    const soon = nowMs() - tokenMs < SESSION_MS;
    tokenMs = nowMs();
    return code(134, soon ? 'over max connect' : TOKEN);
  }

  function answer(request: string): string {
    const { enc, data } = jsonIn(request);
    if (enc === 1 && typeof data === 'string') return write(data);
    const { command } = cgminerAsked(request);
    const now = miner.now();
    const up = now.phase === 'mining' ? 1 : 0;
    if (command === 'get_token') return token();
    if (command === 'get_version') return code(131, { api_ver: '2.0.5', fw_ver: 'simulated' });
    if (command === 'status')
      return code(131, {
        mineroff: String(now.wanted === 'pause'),
        power_limit_set: String(now.spec.maxW),
        hash_percent: '0',
      });
    if (command === 'edevs') return cgminerReply(nowMs(), 9, '3 ASC(s)', { DEVS: [{ ASC: 0, 'Upfreq Complete': up }] });
    if (command === 'pools')
      return cgminerReply(nowMs(), 7, '1 Pool(s)', { POOLS: [{ Status: 'Alive', Rejected: now.rejected }] });
    if (command !== 'summary') return invalidCommand(nowMs());
    const summary = {
      Elapsed: Math.floor(now.uptimeS),
      'HS RT': now.hashrateThs * 1e6,
      'MHS 5s': now.hashrateThs * 1e6,
      Power: Math.round(now.drawW),
      'Power Limit': now.spec.maxW,
      'Chip Temp Max': now.chipC,
      Accepted: now.accepted,
    };
    return miner.spoil(cgminerReply(nowMs(), 11, 'Summary', { SUMMARY: [summary] }));
  }

  /** The decrypted writes, as they came. */
  return { answer, plain };
}
