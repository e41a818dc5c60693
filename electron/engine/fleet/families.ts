/** Every family of `/metrics`: its type, its labels and what it is. Units are in the names, as OpenMetrics asks. */
export const families = {
  spillway_site_info: { help: 'The site; always 1.', labels: ['name', 'version', 'simulated', 'plant', 'currency'] },
  spillway_uptime_seconds: { help: 'Since the engine started.' },
  spillway_tick_age_seconds: { help: 'Since the last decision; a live engine decides every second or so.' },
  spillway_mode: { help: 'What the owner asks for: 1 at the mode that holds.', labels: ['mode'] },
  spillway_stopped: { help: 'The owner has stopped the loads (1) or not (0).' },
  spillway_production_watts: { help: 'Power of the plant.' },
  spillway_potential_watts: { help: 'Power that the plant could make uncurtailed, estimated.' },
  spillway_curtailed_watts: { help: 'Potential less production, estimated.' },
  spillway_demand_watts: { help: 'Consumption that Spillway does not command.' },
  spillway_import_watts: { help: 'From the grid.' },
  spillway_export_watts: { help: 'To the grid.' },
  spillway_charge_watts: { help: 'Into the battery.' },
  spillway_discharge_watts: { help: 'Out of the battery.' },
  spillway_battery_charge_ratio: { help: 'State of charge, 0 to 1.' },
  spillway_surplus_watts: { help: 'What would be exported or curtailed with all loads off.' },
  spillway_headroom_watts: { help: 'What the loads may draw in total.' },
  spillway_reserve_watts: { help: 'Surplus that is left alone.' },
  spillway_draw_watts: { help: 'Of all loads that are commanded.' },
  spillway_load_draw_watts: { help: 'Of one load.', labels: ['load'] },
  spillway_load_setpoint_watts: { help: 'Asked of one load.', labels: ['load'] },
  spillway_load_hashrate_hashes_per_second: { help: 'As the miner tells it.', labels: ['load'] },
  spillway_load_temperature_celsius: { help: 'Hottest chip or board.', labels: ['load'] },
  spillway_load_state: { help: '1 at the state that the load is in.', labels: ['load', 'state'] },
  spillway_load_reason: { help: 'The reason that binds the setpoint; 1.', labels: ['load', 'reason'] },
  spillway_load_starts_today: { help: 'Starts of the local day.', labels: ['load'] },
  spillway_device_up: { help: 'The device answers (1) or not (0).', labels: ['device', 'kind'] },
  spillway_device_reading_age_seconds: { help: 'Of its last reading.', labels: ['device', 'kind'] },
  spillway_device_round_trip_seconds: { help: 'Of its last answer.', labels: ['device', 'kind'] },
  spillway_earnings_today: { help: 'In the currency of the label, local day; may be negative.', labels: ['currency'] },
  spillway_unproven_slots_today: { help: 'Slots of the day with a stretch whose origin is not known.' },
  spillway_export_waiting_slots: { help: 'Slots that PostgreSQL has not confirmed.' },
  spillway_export_failing: { help: 'The last try to export failed (1) or not (0).' },
  spillway_export_confirmed_timestamp_seconds: { help: 'When PostgreSQL last confirmed slots.' },
  spillway_energy_watt_hours_total: { help: 'Energy by flow.', labels: ['flow'] },
  spillway_load_energy_watt_hours_total: {
    help: 'Draw by where the energy would have gone or came from.',
    labels: ['load', 'source'],
  },
  spillway_load_mined_sats_total: { help: 'Estimated by hashrate, or verified by shares.', labels: ['load', 'method'] },
  spillway_load_accepted_shares_total: { help: 'As the miner counts them.', labels: ['load'] },
} as const satisfies Record<string, { help: string; labels?: readonly string[] }>;

export type FamilyName = keyof typeof families;

/** One series. A value that is not known is no series: never 0. */
export interface Sample {
  name: FamilyName;
  labels?: Record<string, string>;
  value: number | undefined;
}
