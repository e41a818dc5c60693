import { failed, type Failed } from '#engine/transports/fault.ts';
import { httpClient, type HttpResult } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected, secretOf } from './answers.ts';
import type { MinerDriver, OpenMinerDriver } from './driver.ts';
import { at, flagAt, loadReading, numberAt, scaled, textAt } from './fields.ts';

/** XMRig, on or off by JSON-RPC. It reports no power: its level is the owner's figure. */
export const openXmrig: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const token = secretOf(device, ports);
  const client = httpClient(connection, token === undefined ? undefined : { kind: 'bearer', token }, ports.pins);
  let told: boolean | undefined;

  const explain = (reply: Extract<HttpResult<unknown>, { outcome: 'failed' }>): Failed =>
    reply.status === 401 || reply.status === 403
      ? failed(
          'unauthorized',
          `${client.address} does not accept the access token; enter the one of "http" in XMRig's config.json, and set "restricted": false there`,
        )
      : reply;

  return {
    async capabilities(signal) {
      const reply = await client.json('/2/summary', signal);
      if (reply.outcome === 'failed') return explain(reply);
      if (flagAt(reply.value, 'restricted') === true)
        return failed(
          'refused',
          `${client.address} is read-only; set "restricted": false and an access token under "http" in XMRig's config.json`,
        );
      told = undefined;
      return answer(ports, { kind: 'miner', startS: 15, raiseGapS: 20, lowerGapS: 5 });
    },

    async read(signal) {
      const reply = await client.json('/2/summary', signal);
      if (reply.outcome === 'failed') return explain(reply);
      const from = reply.value;
      const [good, total] = [numberAt(from, 'results', 'shares_good'), numberAt(from, 'results', 'shares_total')];
      const paused = flagAt(from, 'paused') === true;
      // 10 s, 60 s and 15 min in H/s, null until known.
      const hashrate = scaled(numberAt(from, 'hashrate', 'total', 0) ?? numberAt(from, 'hashrate', 'total', 1), 1e-12);
      const pool = at(from, 'connection', 'uptime');
      const reading = loadReading({
        hashrate: paused ? 0 : hashrate,
        state: paused ? 'paused' : hashrate === undefined ? 'starting' : 'mining',
        acceptedShares: good,
        rejectedShares: good === undefined || total === undefined ? undefined : total - good,
        uptime: numberAt(from, 'uptime'),
        poolAlive: typeof pool === 'number' ? pool > 0 : undefined,
        model: textAt(from, 'cpu', 'brand'),
        firmware: textAt(from, 'version'),
      });
      return answer(ports, reading, from);
    },

    async command(order, signal) {
      const run = order.setpointW > 0;
      const reply = await client.json('/2/summary', signal);
      if (reply.outcome === 'failed') return explain(reply);
      if (flagAt(reply.value, 'paused') === !run || told === run) return answer(ports, { wrote: [] });
      const method = run ? 'resume' : 'pause';
      const done = await client.json('/json_rpc', signal, { method: 'POST', body: { id: 1, jsonrpc: '2.0', method } });
      if (done.outcome === 'failed') return explain(done);
      const error = textAt(done.value, 'error', 'message');
      if (error !== undefined)
        return failed(
          'refused',
          `${client.address} refuses “${method}” (“${error}”); set "restricted": false under "http" in XMRig's config.json`,
        );
      told = run;
      return answer(ports, { wrote: [method] });
    },

    close: () => client.close(),
  } satisfies MinerDriver;
};
