import type { LoadReading } from '#shared/reading.ts';
import { cgminerClient, cgminerCommand, CGMINER_PORT } from '#engine/transports/cgminer.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import { httpClient, type HttpConnection } from '#engine/transports/http.ts';
import { changedMembers, withMode, type WorkMode } from './antminer-config.ts';
import { nominalW } from './antminer-models.ts';
import { fromApi, fromPages } from './antminer-reading.ts';
import { answer, httpConnection, misconnected, secretOf, tcpPeer, userOf } from './answers.ts';
import type { DriverResult, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { numberAt, textAt } from './fields.ts';
import { levelAtOrBelow, smallestW, steps, type Levels } from './levels.ts';
import type { LoadDevice } from '#shared/device.ts';

/**
 * Antminer with Bitmain's own firmware: sleep, low power, normal, written by reading the whole configuration and changing
 * the mode alone. It knows no watts.
 */
export const openAntminerStock: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, CGMINER_PORT);
  const connection = webConnection(device);
  if (!peer || !connection) return misconnected(device, 'http');
  const login = { kind: 'password', user: userOf(device) ?? 'root', password: secretOf(device, ports) ?? '' } as const;
  const web = httpClient(connection, login, ports.pins);
  const api = cgminerClient(peer);
  const page = (name: string, signal: AbortSignal) => web.json(`/cgi-bin/${name}.cgi`, signal);
  const overWeb = device.connection.transport === 'http';
  let system: unknown;

  async function readPages(signal: AbortSignal): Promise<DriverResult<LoadReading>> {
    const stats = await page('stats', signal);
    if (stats.outcome === 'failed') return explain(stats);
    if (system === undefined) {
      const reply = await page('get_system_info', signal);
      if (reply.outcome === 'ok') system = reply.value;
    }
    const pools = await page('pools', signal);
    const config =
      numberAt(stats.value, 'STATS', 0, 'miner-mode') === undefined ? await page('get_miner_conf', signal) : undefined;
    const pages = {
      stats: stats.value,
      system,
      pools: pools.outcome === 'ok' ? pools.value : undefined,
      config: config?.outcome === 'ok' ? config.value : undefined,
    };
    return answer(ports, fromPages(pages), stats.value);
  }

  async function readApi(signal: AbortSignal): Promise<DriverResult<LoadReading>> {
    const ask = (command: string) => api.send(cgminerCommand(command), signal);
    const summary = await ask('summary');
    if (summary.outcome === 'failed') return summary;
    const [stats, pools, version] = [await ask('stats'), await ask('pools'), await ask('version')];
    const value = (reply: typeof stats) => (reply.outcome === 'ok' ? reply.value : undefined);
    return answer(
      ports,
      fromApi({ summary: summary.value, stats: value(stats), pools: value(pools), version: value(version) }),
      summary.value,
    );
  }

  async function hashes(signal: AbortSignal): Promise<boolean> {
    const stats = await page('stats', signal);
    return stats.outcome === 'ok' && (numberAt(stats.value, 'STATS', 0, 'rate_5s') ?? 0) > 0;
  }

  function explain(reply: Failed & { status?: number }): Failed {
    if (reply.status === 401 || reply.status === 403)
      return failed(
        'unauthorized',
        `${web.address} does not accept the user name or password of its web page; enter them under Devices`,
      );
    return reply;
  }

  return {
    async capabilities(signal) {
      const config = await page('get_miner_conf', signal);
      if (config.outcome === 'failed') return explain(config);
      if (!withMode(config.value, 1))
        return failed(
          'unsupported',
          `${web.address}: this firmware shows no work mode or no pools, so it is not written to; update it, or use a switched plug`,
        );
      const info = await page('get_system_info', signal);
      const model = info.outcome === 'ok' ? textAt(info.value, 'minertype') : undefined;
      const watts = nominalW(model);
      if (watts === undefined && !device.model?.levels)
        return failed(
          'unsupported',
          `${web.address} is of the unknown model “${model ?? '?'}”; write its watts into model.levels in the site file`,
        );
      const common = {
        kind: 'miner',
        startS: 300,
        startW: 300,
        raiseGapS: 300,
        lowerGapS: 60,
        startsPerDay: 8,
        minRunS: 900,
        minRestS: 600,
      } as const;
      return answer(ports, watts === undefined ? common : { ...common, levels: steps([watts]) });
    },

    read: (signal) => (overWeb ? readPages(signal) : readApi(signal)),

    async command(order, signal): Promise<DriverResult<Written>> {
      const before = await page('get_miner_conf', signal);
      if (before.outcome === 'failed') return explain(before);
      const mode = modeFor(device.model?.levels, order.setpointW);
      // Configured so, and doing so: some models take the mode and do not act on it (asic-rs #310).
      if (numberAt(before.value, 'bitmain-work-mode') === mode && !(mode === 1 && (await hashes(signal))))
        return answer(ports, { wrote: [] });
      const body = withMode(before.value, mode);
      if (!body)
        return failed(
          'garbage',
          `${web.address} shows an incomplete configuration; nothing was written, it will be asked again`,
        );
      const set = await web.json('/cgi-bin/set_miner_conf.cgi', signal, { method: 'POST', body });
      if (set.outcome === 'failed') return explain(set);
      if (textAt(set.value, 'stats') !== 'success')
        return failed(
          'exception',
          `${web.address} refuses the work mode (“${textAt(set.value, 'msg') ?? 'no reason'}”); try it on its own web page`,
        );
      const after = await page('get_miner_conf', signal);
      const changed = after.outcome === 'ok' ? changedMembers(before.value, after.value) : [];
      if (changed.length > 0)
        return failed(
          'exception',
          `${web.address} changed ${changed.join(', ')} along with the work mode; check them on its web page`,
        );
      return answer(ports, { wrote: [`miner-mode ${mode}`] });
    },

    close: () => web.close(),
  } satisfies MinerDriver;
};

/** With two levels from the owner the lower one is the low power mode. */
function modeFor(levels: Levels | undefined, setpointW: number): WorkMode {
  if (setpointW <= 0) return 1;
  if (levels?.kind !== 'steps' || levels.watts.length < 2) return 0;
  const levelW = levelAtOrBelow(levels, setpointW);
  return levelW === 0 ? 1 : levelW === smallestW(levels) ? 3 : 0;
}

function webConnection(device: LoadDevice): HttpConnection | undefined {
  const { connection } = device;
  return (
    httpConnection(device) ??
    (connection.transport === 'tcp' ? { transport: 'http', host: connection.host, port: 80, tls: false } : undefined)
  );
}
