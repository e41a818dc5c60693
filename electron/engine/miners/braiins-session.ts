import { failed } from '#engine/transports/fault.ts';
import type { HttpClient, HttpRequest, HttpResult } from '#engine/transports/http.ts';

/** Requests with the token of /auth/login; a token that has run out is fetched anew once. */
export function braiinsSession(client: HttpClient, user: string, password: () => string | undefined) {
  let token: string | undefined;

  async function logIn(signal: AbortSignal): Promise<HttpResult<string>> {
    const secret = password();
    if (secret === undefined)
      return failed(
        'unauthorized',
        `${client.address}: no password is stored for this Braiins OS miner; enter it under Devices`,
      );
    const reply = await client.json('/api/v1/auth/login', signal, {
      method: 'POST',
      body: { username: user, password: secret },
      headers: { connection: 'close' },
    });
    if (reply.outcome === 'failed') return explain(client.address, reply);
    const value =
      typeof reply.value === 'object' && reply.value !== null && 'token' in reply.value ? reply.value.token : undefined;
    if (typeof value !== 'string')
      return failed(
        'garbage',
        `${client.address} logs in without a token; check that it is a Braiins OS miner of 25.03 or newer`,
      );
    token = value;
    return { ...reply, value };
  }

  return async function ask(
    path: string,
    signal: AbortSignal,
    request: HttpRequest = {},
  ): Promise<HttpResult<unknown>> {
    for (let attempt = 0; ; attempt++) {
      if (token === undefined) {
        const login = await logIn(signal);
        if (login.outcome === 'failed') return login;
      }
      // Plain token, no "Bearer"; kept-alive connections die in the miner (miners.md 1.5).
      const headers = { authorization: token ?? '', connection: 'close' };
      const text = await client.text(`/api/v1${path}`, signal, { ...request, headers });
      if (text.outcome === 'failed') {
        if (text.status !== 401 || attempt > 0) return explain(client.address, text);
        token = undefined;
        continue;
      }
      if (text.value.trim() === '') return { ...text, value: undefined };
      try {
        return { ...text, value: JSON.parse(text.value) as unknown };
      } catch {
        return {
          ...failed(
            'garbage',
            `${client.address}${path} does not answer in JSON; check the device type and its firmware`,
          ),
          status: text.status,
        };
      }
    }
  };
}

function explain<T>(address: string, reply: Extract<HttpResult<T>, { outcome: 'failed' }>): typeof reply {
  const { status } = reply;
  if (status === 401 || status === 403)
    return {
      ...failed(
        'unauthorized',
        `${address} does not accept the user name or password; enter those of the Braiins OS web page`,
      ),
      status,
    };
  if (status === 404 || status === 405)
    return {
      ...failed(
        'unsupported',
        `${address} has no REST API (${status}); update Braiins OS to 25.03 or newer, or choose “braiins-cgminer”`,
      ),
      status,
    };
  return reply;
}
