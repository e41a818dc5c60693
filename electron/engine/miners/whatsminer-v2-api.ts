import { cgminerClient, readReply, type CgminerResult } from '#engine/transports/cgminer.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import type { TcpPeer } from '#engine/transports/tcp-exchange.ts';
import { textAt } from './fields.ts';
import { decrypt, encrypt, whatsminerKeys, type WhatsminerKeys } from '#engine/transports/whatsminer-cipher.ts';

// A token is valid for 30 min; asking anew locks a session for 180 s and, too often, shuts everybody out (miners.md 1.3).
const TOKEN_MS = 29 * 60_000;
const TOKEN_GAP_MS = 185_000;

/** Whatsminer API 2: reads in plain, writes encrypted under a token that is kept for as long as it lasts. */
export function whatsminerV2(peer: TcpPeer, now: () => number, password: () => string | undefined) {
  const client = cgminerClient(peer);
  const { address } = client;
  let keys: (WhatsminerKeys & { untilMs: number }) | undefined;
  let tokenAskedMs = -Infinity;

  const read = (command: string, signal: AbortSignal): Promise<CgminerResult> =>
    client.send(JSON.stringify({ cmd: command }), signal).then(explain);

  async function token(signal: AbortSignal): Promise<{ outcome: 'ok'; keys: WhatsminerKeys } | Failed> {
    if (keys && now() < keys.untilMs) return { outcome: 'ok', keys };
    const secret = password();
    if (secret === undefined)
      return failed(
        'unauthorized',
        `${address}: no admin password is stored for this Whatsminer; enter it under Devices`,
      );
    if (now() - tokenAskedMs < TOKEN_GAP_MS)
      return failed('busy', `${address} gives no second token within three minutes; it will be asked again`);
    tokenAskedMs = now();
    const reply = await read('get_token', signal);
    if (reply.outcome === 'failed') return reply;
    const message = reply.value['Msg'];
    const [salt, newsalt, time] = ['salt', 'newsalt', 'time'].map((key) => textAt(message, key));
    if (message === 'over max connect' || salt === undefined || newsalt === undefined || time === undefined)
      return failed(
        'busy',
        `${address} gives no token now (“${typeof message === 'string' ? message : 'no reason'}”); close other programs that command it and wait three minutes`,
      );
    keys = { ...whatsminerKeys(secret, { salt, newsalt, time }), untilMs: now() + TOKEN_MS };
    return { outcome: 'ok', keys };
  }

  async function write(command: Record<string, string>, signal: AbortSignal): Promise<CgminerResult> {
    const held = await token(signal);
    if (held.outcome === 'failed') return held;
    const data = encrypt(held.keys.aesKey, { ...command, token: held.keys.sign });
    const reply = await client.send(JSON.stringify({ enc: 1, data }), signal);
    const enc = reply.outcome === 'ok' ? reply.value['enc'] : undefined;
    const text = typeof enc === 'string' ? decrypt(held.keys.aesKey, enc) : undefined;
    const plain = explain(text === undefined ? reply : readReply(address, text));
    if (plain.outcome === 'failed' && plain.fault.kind === 'unauthorized') keys = undefined;
    return plain;
  }

  /** Its own codes and words, each with what to do. */
  function explain(reply: CgminerResult): CgminerResult {
    if (reply.outcome === 'ok') return reply;
    const { status } = reply;
    const said = status?.message ?? '';
    if (/can'?t access write/i.test(said) || status?.code === 45)
      return {
        ...failed(
          'refused',
          `${address} has its write API switched off; switch it on with WhatsMinerTool and change the admin password`,
        ),
        status: status ?? unknown,
      };
    if (status?.code === 135 || status?.code === 136 || /enc json load err|token/i.test(said))
      return {
        ...failed(
          'unauthorized',
          `${address} does not accept the admin password (“${said}”); enter the one set with WhatsMinerTool`,
        ),
        status: status ?? unknown,
      };
    if (/over max connect/i.test(said))
      return {
        ...failed('busy', `${address} has too many sessions open; it will be asked again in three minutes`),
        status: status ?? unknown,
      };
    return reply;
  }

  return { address, read, write };
}

const unknown = { letter: 'E', code: undefined, message: '', description: '' } as const;
