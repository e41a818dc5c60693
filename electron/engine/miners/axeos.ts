import type { LoadState } from '#shared/reading.ts';
import { failed } from '#engine/transports/fault.ts';
import { httpClient } from '#engine/transports/http.ts';
import { answer, httpConnection, misconnected } from './answers.ts';
import type { DriverResult, LoadCapabilities, MinerDriver, OpenMinerDriver, Written } from './driver.ts';
import { at, flagAt, hottest, loadReading, numberAt, scaled, textAt } from './fields.ts';
import { steps } from './levels.ts';

// POST /api/system/pause and resume came with ESP-Miner v2.14.0.
const PAUSE_SINCE = [2, 14] as const;
// Board power while hashing at the default clock, W; only until the device has been seen mining (miners.md 2.2).
const TYPICAL_W: Record<string, number> = { BM1397: 12, BM1366: 13, BM1368: 16, BM1370: 18 };

/** Bitaxe. Paused and resumed only: its clock and voltage are the owner's, and each write of them wears the flash. */
export const openAxeos: OpenMinerDriver = (device, ports) => {
  const connection = httpConnection(device);
  if (!connection) return misconnected(device, 'http');
  const client = httpClient(connection, undefined, ports.pins);
  const info = (signal: AbortSignal) => client.json('/api/system/info', signal);

  return {
    async capabilities(signal): Promise<DriverResult<LoadCapabilities>> {
      const reply = await info(signal);
      if (reply.outcome === 'failed') return reply;
      const old = tooOld(client.address, reply.value);
      if (old) return old;
      const drawW = isSettled(reply.value) ? numberAt(reply.value, 'power') : undefined;
      const watts = drawW ?? TYPICAL_W[textAt(reply.value, 'ASICModel') ?? ''];
      const common = { kind: 'miner', startS: 11, rampUpWps: 2, rampDownWps: 2, raiseGapS: 60, lowerGapS: 60 } as const;
      return answer(ports, watts === undefined ? common : { ...common, levels: steps([watts]) });
    },

    async read(signal) {
      const reply = await info(signal);
      if (reply.outcome === 'failed') return reply;
      const from = reply.value;
      const reading = loadReading({
        draw: numberAt(from, 'power'),
        drawSource: numberAt(from, 'power') === undefined ? undefined : 'measured',
        // GH/s; the first minute after a pause is only in hashRate.
        hashrate: scaled(numberAt(from, 'hashRate'), 1e-3),
        state: stateOf(from),
        temperature: hottest([numberAt(from, 'temp'), numberAt(from, 'temp2')]),
        acceptedShares: numberAt(from, 'sharesAccepted'),
        rejectedShares: numberAt(from, 'sharesRejected'),
        shareDifficulty: numberAt(from, 'poolDifficulty'),
        uptime: numberAt(from, 'uptimeSeconds'),
        fanRpm: numberAt(from, 'fanrpm'),
        model: modelOf(from),
        firmware: textAt(from, 'axeOSVersion') ?? textAt(from, 'version'),
        serial: textAt(from, 'macAddr'),
      });
      return answer(ports, reading, from);
    },

    async command(order, signal): Promise<DriverResult<Written>> {
      const reply = await info(signal);
      if (reply.outcome === 'failed') return reply;
      const old = tooOld(client.address, reply.value);
      if (old) return old;
      const run = order.setpointW > 0;
      const paused = flagAt(reply.value, 'miningPaused');
      if (paused === !run) return answer(ports, { wrote: [] });
      const action = run ? 'resume' : 'pause';
      const done = await client.text(`/api/system/${action}`, signal, { method: 'POST' });
      return done.outcome === 'failed' ? done : answer(ports, { wrote: [action] });
    },

    async restart(signal) {
      const done = await client.text('/api/system/restart', signal, { method: 'POST' });
      return done.outcome === 'failed' ? done : answer(ports, { wrote: ['restart'] });
    },

    close: () => client.close(),
  } satisfies MinerDriver;
};

/** Past its ramp: before, its draw is not the one of its level. */
function isSettled(from: unknown): boolean {
  const expected = numberAt(from, 'expectedHashrate') ?? 0;
  return (
    stateOf(from) === 'mining' &&
    (numberAt(from, 'hashRate') ?? 0) >= 0.7 * expected &&
    (numberAt(from, 'uptimeSeconds') ?? 60) >= 60
  );
}

function stateOf(from: unknown): LoadState | undefined {
  if (flagAt(from, 'miningPaused')) return 'paused';
  // Too hot: the firmware holds it for at least 30 s, lowers clock and voltage, and stays so (miners.md 1.8).
  if ((numberAt(from, 'overheat_mode') ?? 0) > 0) return 'fault';
  const hashrate = numberAt(from, 'hashRate');
  return hashrate === undefined ? undefined : hashrate > 0 ? 'mining' : 'starting';
}

function modelOf(from: unknown): string | undefined {
  const board = textAt(from, 'boardVersion');
  const named = textAt(from, 'deviceModel') ?? familyOf(board);
  const chip = textAt(from, 'ASICModel');
  if (!named) return chip && `Bitaxe (${chip})`;
  return `Bitaxe ${[named, board].filter(Boolean).join(' ')}${chip ? ` (${chip})` : ''}`;
}

/** Names of the board series, by the hundreds of the board's number (ESP-Miner device_config.h). */
function familyOf(board: string | undefined): string | undefined {
  const series: Record<string, string> = {
    '1': 'Max',
    '2': 'Ultra',
    '3': 'Hex',
    '4': 'Supra',
    '6': 'Gamma',
    '7': 'Supra Hex',
    '8': 'Gamma Turbo',
  };
  return board !== undefined && /^\d{3}$/.test(board) ? series[board[0] ?? ''] : undefined;
}

/** Pausing is known by the flag that the firmware shows, else by its version. */
function tooOld(address: string, from: unknown): ReturnType<typeof failed> | undefined {
  if (at(from, 'miningPaused') !== undefined) return undefined;
  const version = textAt(from, 'axeOSVersion') ?? textAt(from, 'version') ?? 'of unknown version';
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  if (major > PAUSE_SINCE[0] || (major === PAUSE_SINCE[0] && minor >= PAUSE_SINCE[1])) return undefined;
  return failed(
    'unsupported',
    `${address} runs AxeOS ${version}, which cannot pause; update it to v2.14.0 or newer, or put it on a switched plug`,
  );
}
