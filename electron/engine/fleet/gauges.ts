import type { Live, LoadView } from '#shared/contract/engine.ts';
import { Mode, type Wish } from '#shared/control.ts';
import type { DeviceHealth } from '#shared/device.ts';
import type { Today } from '#shared/ledger.ts';
import { LoadState } from '#shared/reading.ts';
import type { Site } from '#shared/site.ts';
import type { FamilyName, Sample } from './families.ts';

export interface GaugeInput {
  site: Site;
  version: string;
  nowMs: number;
  startedMs: number;
  wish: Wish;
  live: Live | undefined;
  today: Today | undefined;
  devices: readonly DeviceHealth[];
  loads: readonly Pick<LoadView, 'health' | 'startsToday'>[];
  export?: { waiting: number; failing: boolean; confirmedMs: number | undefined } | undefined;
}

/** What was read before so long is not told as if it were now, ms. */
const STALE_MS = 15_000;
/** Labels are ids of the site file and closed lists, and no list of loads or devices is longer than this. */
const MOST = 500;
const MICRO = 1e6;
const HASHES_PER_TH = 1e12;

export function gauges(input: GaugeInput): Sample[] {
  const { site, nowMs, wish, today, live } = input;
  const known = new Set(site.loads.slice(0, MOST).map(({ id }) => id));
  return [
    {
      name: 'spillway_site_info',
      labels: {
        name: site.name,
        version: input.version,
        simulated: String(site.simulated),
        plant: site.control.plant,
        currency: site.currency,
      },
      value: 1,
    },
    { name: 'spillway_uptime_seconds', value: (nowMs - input.startedMs) / 1000 },
    { name: 'spillway_tick_age_seconds', value: live && Math.max(0, nowMs - live.atMs) / 1000 },
    ...oneOf('spillway_mode', 'mode', Mode.options, wish.mode),
    { name: 'spillway_stopped', value: Number(wish.stopped) },
    ...(live && nowMs - live.atMs <= STALE_MS ? instant(live, known) : []),
    ...input.loads
      .filter(({ health }) => known.has(health.id))
      .map(({ health, startsToday }): Sample => ({
        name: 'spillway_load_starts_today',
        labels: { load: health.id },
        value: startsToday,
      })),
    ...input.devices.slice(0, 2 * MOST).flatMap(deviceGauges),
    {
      name: 'spillway_earnings_today',
      labels: { currency: site.currency },
      value: today?.sum.earnings.earningsMicro === undefined ? undefined : today.sum.earnings.earningsMicro / MICRO,
    },
    { name: 'spillway_unproven_slots_today', value: today?.proof.unprovenSlots },
    { name: 'spillway_export_waiting_slots', value: input.export?.waiting },
    { name: 'spillway_export_failing', value: input.export && Number(input.export.failing) },
    {
      name: 'spillway_export_confirmed_timestamp_seconds',
      value: input.export?.confirmedMs === undefined ? undefined : input.export.confirmedMs / 1000,
    },
  ];
}

function instant({ snapshot, decision, drawW }: Live, known: ReadonlySet<string>): Sample[] {
  const { soc } = snapshot;
  const flows = ['production', 'demand', 'import', 'export', 'charge', 'discharge'] as const;
  return [
    ...flows.map((flow): Sample => ({ name: `spillway_${flow}_watts`, value: snapshot[flow]?.value })),
    { name: 'spillway_potential_watts', value: snapshot.potential?.value ?? decision.potential?.powerW },
    { name: 'spillway_curtailed_watts', value: decision.curtailedW },
    { name: 'spillway_battery_charge_ratio', value: soc && soc.value / 100 },
    { name: 'spillway_surplus_watts', value: decision.surplusW },
    { name: 'spillway_headroom_watts', value: decision.headroomW },
    { name: 'spillway_reserve_watts', value: decision.reserveW },
    { name: 'spillway_draw_watts', value: drawW },
    ...Object.entries(snapshot.loads)
      .filter(([id]) => known.has(id))
      .flatMap(([load, { draw, hashrate, temperature, state }]): Sample[] => [
        { name: 'spillway_load_draw_watts', labels: { load }, value: draw?.value },
        {
          name: 'spillway_load_hashrate_hashes_per_second',
          labels: { load },
          value: hashrate && hashrate.value * HASHES_PER_TH,
        },
        { name: 'spillway_load_temperature_celsius', labels: { load }, value: temperature?.value },
        ...(state ? oneOf('spillway_load_state', 'state', LoadState.options, state.value, { load }) : []),
      ]),
    ...decision.loads
      .filter(({ loadId }) => known.has(loadId))
      .flatMap(({ loadId: load, setpointW, reason }): Sample[] => [
        { name: 'spillway_load_setpoint_watts', labels: { load }, value: setpointW },
        { name: 'spillway_load_reason', labels: { load, reason: reason.id }, value: 1 },
      ]),
  ];
}

function deviceGauges({ id: device, kind, status, ageMs, roundTripMs }: DeviceHealth): Sample[] {
  const labels = { device, kind };
  const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000);
  return [
    {
      name: 'spillway_device_up',
      labels,
      value: status === 'connecting' ? undefined : Number(status === 'live' || status === 'slow'),
    },
    { name: 'spillway_device_reading_age_seconds', labels, value: inSeconds(ageMs) },
    { name: 'spillway_device_round_trip_seconds', labels, value: inSeconds(roundTripMs) },
  ];
}

const oneOf = (
  name: FamilyName,
  label: string,
  options: readonly string[],
  holds: string,
  labels: Record<string, string> = {},
): Sample[] =>
  options.map((option) => ({ name, labels: { ...labels, [label]: option }, value: Number(option === holds) }));
