import { LoadReading } from '#shared/reading.ts';
import { fromApi, fromPages } from '#engine/miners/antminer-reading.ts';
import { avalonReading, avalonStatus } from '#engine/miners/avalon-status.ts';
import { fromDevices, fromSummary, fromVersion, poolAlive, stateOf } from '#engine/miners/cgminer-reading.ts';
import { changedTuning, powerRange, withTarget } from '#engine/miners/epic-tuning.ts';
import { loadReading } from '#engine/miners/fields.ts';
import { parseGpu } from '#engine/miners/gpu.ts';
import { familyOfVersion } from '#engine/miners/probes.ts';
import { metricsWaiting, ollamaWaiting, slotsWaiting } from '#engine/miners/waiting.ts';
import { parseMinerJson } from '#engine/transports/cgminer-json.ts';
import { mutateBytes, mutateJson } from '../devices/mutate.ts';

const summary = { SUMMARY: [{ Elapsed: 900, 'MHS 5s': 1e8, Accepted: 5, Rejected: 1, 'Difficulty Accepted': 5000 }] };
const pools = { POOLS: [{ Status: 'Alive', Accepted: 5, diffa: 900, status: 'Alive' }] };
const version = { VERSION: [{ PROD: 'Avalon Q', Type: 'Antminer S19', CGMiner: '4.11.1', BOSer: '1' }] };
const devices = { DEVS: [{ ASC: 0, Enabled: 'Y', Temperature: 70, 'MHS 5s': 1e8, 'Fan Speed': 3000 }] };
const stats = {
  STATS: [{ elapsed: 900, rate_5s: 95_000, 'miner-mode': 0, chain: [{ temp_chip: [60, 61] }], fan: [4000, 4100] }],
};
const avalon = {
  STATS: [
    { 'MM ID0:Summary': 'STATE[1] SYSTEMSTATU[Work: In Work] PS[0 1 2 3 4 5 800] GHSspd[44000] TMax[70] WORKMODE[0]' },
  ],
};
const epic = {
  PerpetualTune: { Running: true, Algorithm: { PowerTune: { Target: 3000, 'Throttle Step': 5 } } },
  StratumConfigs: [{ pool: 'a' }],
};
const abilities = { PerpetualTune: [{ algorithm: 'PowerTune', min: 900, max: 3000 }] };

/** Each reads one broken reply without a throw; what it makes of it is a reading or nothing. */
const decoders: ((random: () => number) => LoadReading)[] = [
  (r) => loadReading({ ...fromDevices(mutateJson(devices, r)), ...fromSummary(mutateJson(summary, r)) }),
  (r) => {
    const draft = { ...fromVersion(mutateJson(version, r)), ...fromSummary(mutateJson(summary, r)) };
    const odd = mutateJson(devices, r);
    return loadReading({ ...draft, state: stateOf(draft, odd), poolAlive: poolAlive(mutateJson(pools, r)) });
  },
  (r) =>
    fromPages({
      stats: mutateJson(stats, r),
      pools: mutateJson(pools, r),
      config: mutateJson({ 'bitmain-work-mode': '1' }, r),
      system: mutateJson({ minertype: 'S19' }, r),
    }),
  (r) =>
    fromApi({
      summary: mutateJson(summary, r),
      stats: mutateJson(stats, r),
      pools: mutateJson(pools, r),
      version: mutateJson(version, r),
    }),
  (r) => {
    const status = avalonStatus(mutateJson(avalon, r));
    const replies = { summary: mutateJson(summary, r), pools: mutateJson(pools, r), version: mutateJson(version, r) };
    return status ? avalonReading(status, replies) : {};
  },
  (r) => {
    const [before, after] = [mutateJson(epic, r), mutateJson(epic, r)];
    powerRange(before, mutateJson(abilities, r));
    withTarget(before, 1500);
    changedTuning(before, after);
    return {};
  },
  (r) => {
    const text = Buffer.from(mutateBytes(Buffer.from(JSON.stringify(summary)), r)).toString('utf8');
    const parsed = parseMinerJson(text);
    return parsed.ok ? loadReading(fromSummary(parsed.value)) : {};
  },
  (r) => {
    const line = Buffer.from(mutateBytes(Buffer.from('RTX 4090, 120.5, 350.00, 100.00, 450.00, 55'), r)).toString();
    const { drawW, celsius, name } = parseGpu(line);
    return loadReading({ draw: drawW, temperature: celsius, model: name });
  },
  (r) => {
    familyOfVersion(mutateJson(version, r));
    ollamaWaiting(mutateJson({ models: [{ expires_at: '2026-06-21T10:05:00Z', size_vram: 5 }] }, r), 1e12);
    slotsWaiting(mutateJson([{ id: 0, is_processing: true }], r));
    metricsWaiting(Buffer.from(mutateBytes(Buffer.from('llamacpp:requests_deferred 2\n'), r)).toString());
    return {};
  },
];

/** Decodes `count` mutated replies of miners. */
export function fuzzMiners(random: () => number, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = i % decoders.length;
    try {
      const reading = decoders[at]?.(random) ?? {};
      LoadReading.parse(reading);
      for (const value of Object.values(reading))
        if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value}`);
    } catch (error) {
      throw new Error(`reply ${i}, miner decoder ${at}`, { cause: error });
    }
  }
}
