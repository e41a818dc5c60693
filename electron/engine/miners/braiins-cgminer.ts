import { cgminerClient, cgminerCommand, CGMINER_PORT } from '#engine/transports/cgminer.ts';
import { failed } from '#engine/transports/fault.ts';
import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected, tcpPeer } from './answers.ts';
import { fromSummary, fromVersion, poolAlive, stateOf } from './cgminer-reading.ts';
import type { MinerDriver, OpenMinerDriver } from './driver.ts';
import { at, hottest, listAt, loadReading, numberAt, scaled, sum, textAt } from './fields.ts';
import { steps } from './levels.ts';

const QUERY = `{ bos { hostname uptime { durationS } info { version { full } } } bosminer { info {
 fans { rpm } summary { power { limitW approxConsumptionW } }
 workSolver { realHashrate { mhs5S } childSolvers { temperatures { name degreesC } } }
 poolGroups { pools { status shares { acceptedSolutions rejectedSolutions } } } } } }`;

/** Braiins OS before 25.03: reads GraphQL (or the API on 4028), pauses over 4028. On or off; its power target is the owner's. */
export const openBraiinsCgminer: OpenMinerDriver = (device, ports) => {
  const peer = tcpPeer(device, CGMINER_PORT);
  if (!peer) return misconnected(device, 'http');
  const api = cgminerClient(peer);
  const connection = httpConnection(device);
  const web = connection && httpClient(connection, undefined, ports.pins);
  const ask = (command: string, signal: AbortSignal) => api.send(cgminerCommand(command), signal);
  let paused: boolean | undefined;

  async function readWeb(signal: AbortSignal) {
    const reply = await web?.json('/graphql', signal, { method: 'POST', body: { query: QUERY } });
    if (!reply || reply.outcome === 'failed') return reply;
    const info = at(reply.value, 'data', 'bosminer', 'info');
    if (info === undefined)
      return failed(
        'unauthorized',
        `${web?.address} shows nothing of its miner; check that the firmware is Braiins OS of 21.09 to 25.05`,
      );
    const pools = listAt(info, 'poolGroups').flatMap((group) => listAt(group, 'pools'));
    const temperatures = listAt(info, 'workSolver', 'childSolvers').flatMap((solver) => listAt(solver, 'temperatures'));
    const draw = numberAt(info, 'summary', 'power', 'approxConsumptionW');
    const hashrate = scaled(numberAt(info, 'workSolver', 'realHashrate', 'mhs5S'), 1e-6);
    const uptime = numberAt(reply.value, 'data', 'bos', 'uptime', 'durationS');
    const reading = loadReading({
      draw,
      drawSource: draw === undefined ? undefined : 'estimated',
      hashrate,
      state: paused && !hashrate ? 'paused' : stateOf({ hashrate, uptime }, undefined),
      temperature: hottest(temperatures.map((one) => numberAt(one, 'degreesC'))),
      acceptedShares: sum(pools.map((pool) => numberAt(pool, 'shares', 'acceptedSolutions'))),
      rejectedShares: sum(pools.map((pool) => numberAt(pool, 'shares', 'rejectedSolutions'))),
      powerTarget: numberAt(info, 'summary', 'power', 'limitW'),
      uptime,
      poolAlive: pools.length === 0 ? undefined : pools.some((pool) => textAt(pool, 'status') === 'ALIVE'),
      fanRpm: hottest(listAt(info, 'fans').map((fan) => numberAt(fan, 'rpm'))),
      firmware: textAt(reply.value, 'data', 'bos', 'info', 'version', 'full'),
    });
    return answer(ports, reading, reply.value);
  }

  async function readApi(signal: AbortSignal) {
    const summary = await ask('summary', signal);
    if (summary.outcome === 'failed') return summary;
    const others: Record<string, unknown> = {};
    for (const command of ['tunerstatus', 'temps', 'pools', 'version']) {
      const reply = await ask(command, signal);
      if (reply.outcome === 'ok') others[command] = reply.value;
    }
    const tuner = at(others['tunerstatus'], 'TUNERSTATUS', 0);
    const draw = numberAt(tuner, 'ApproximateMinerPowerConsumption');
    const draft = { ...fromVersion(others['version']), ...fromSummary(summary.value) };
    const reading = loadReading({
      ...draft,
      draw,
      drawSource: draw === undefined ? undefined : 'estimated',
      state: paused && !draft.hashrate ? 'paused' : stateOf(draft, undefined),
      powerTarget: numberAt(tuner, 'PowerLimit'),
      temperature: hottest(listAt(others['temps'], 'TEMPS').map((board) => numberAt(board, 'Chip'))),
      poolAlive: poolAlive(others['pools']),
    });
    return answer(ports, reading, summary.value);
  }

  const driver: MinerDriver = {
    async capabilities(signal) {
      const found = await driver.read(signal);
      if (found.outcome === 'failed') return found;
      paused = undefined;
      const watts = found.value.powerTarget ?? found.value.draw;
      const common = { kind: 'miner', startS: 180, startW: 150, raiseGapS: 120, startsPerDay: 8 } as const;
      return answer(ports, watts === undefined ? common : { ...common, levels: steps([watts]) });
    },
    async read(signal) {
      return (await readWeb(signal)) ?? readApi(signal);
    },
    async command(order, signal) {
      const run = order.setpointW > 0;
      if (paused === !run) return answer(ports, { wrote: [] });
      const reply = await ask(run ? 'resume' : 'pause', signal);
      if (reply.outcome === 'failed') {
        if (reply.fault.kind !== 'unsupported') return reply;
        return failed(
          'unsupported',
          `${api.address} cannot pause (old Braiins OS on an S9 cannot); update it, or put it on a switched plug`,
        );
      }
      paused = !run;
      return answer(ports, { wrote: [run ? 'resume' : 'pause'] });
    },
    close: async () => web?.close(),
  };
  return driver;
};
