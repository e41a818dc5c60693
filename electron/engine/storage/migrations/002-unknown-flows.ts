// A flow that was never read in a slot is NULL, not 0. In the first schema it was 0: where nothing was covered, a 0 says
// nothing and becomes NULL; where something was, all flows were read and 0 is 0. What a load drew is the sum of where it
// came from. Rollups are made anew from the slots.
const flows = ['production', 'import', 'export', 'charge', 'discharge', 'demand'];
const site = `
  covered_ms INTEGER NOT NULL,
  unproven_ms INTEGER NOT NULL,
  ${flows.map((flow) => `${flow} INTEGER,`).join('\n  ')}
  residual INTEGER NOT NULL,
  curtailed INTEGER,
  curtailed_plus_minus INTEGER,
  curtailed_method INTEGER,
  draw_unknown INTEGER,
  late_price INTEGER,
  mined INTEGER,
  forgone_export INTEGER,
  import_cost INTEGER,
  battery_cost INTEGER,
  paid_export_avoided INTEGER`;

const origins = [
  'grid_fed',
  'contracted',
  'boost_fed',
  'battery_fed',
  'deferred_charge',
  'forgone_export_energy',
  'avoided_paid_export',
  'avoided_curtailment',
  'unproven',
];
const load = `
  ${origins.map((origin) => `${origin} INTEGER NOT NULL,`).join('\n  ')}
  msat INTEGER,
  starts INTEGER NOT NULL,
  verified INTEGER,
  shares INTEGER,
  draw INTEGER NOT NULL GENERATED ALWAYS AS (${origins.join(' + ')}) VIRTUAL`;

const kept = [
  'residual',
  'curtailed',
  'curtailed_plus_minus',
  'curtailed_method',
  'mined',
  'forgone_export',
  'import_cost',
  'battery_cost',
  'paid_export_avoided',
].join(', ');
const keptOfLoad = [...origins, 'msat', 'starts'].join(', ');

export const unknownFlows = {
  name: 'unknown flows, verified sats, counters',
  sql: `
ALTER TABLE slot RENAME TO slot_before;
CREATE TABLE slot (
  slot INTEGER PRIMARY KEY,
  market INTEGER REFERENCES market(id),${site}
) STRICT;
INSERT INTO slot (slot, market, covered_ms, unproven_ms, ${flows.join(', ')}, ${kept})
  SELECT slot, market, covered_ms, unproven_ms,
    ${flows.map((flow) => `iif(covered_ms = 0, nullif(${flow}, 0), ${flow})`).join(', ')}, ${kept} FROM slot_before;
DROP TABLE slot_before;
ALTER TABLE slot_load RENAME TO slot_load_before;
CREATE TABLE slot_load (
  slot INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),${load},
  PRIMARY KEY (slot, device)
) STRICT, WITHOUT ROWID;
INSERT INTO slot_load (slot, device, ${keptOfLoad}) SELECT slot, device, ${keptOfLoad} FROM slot_load_before;
DROP TABLE slot_load_before;
DROP TABLE rollup;
DROP TABLE rollup_load;
CREATE TABLE rollup (
  kind INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  slots INTEGER NOT NULL,
  unproven_slots INTEGER NOT NULL,${site},
  PRIMARY KEY (kind, start_ms)
) STRICT, WITHOUT ROWID;
CREATE TABLE rollup_load (
  kind INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),${load},
  PRIMARY KEY (kind, start_ms, device)
) STRICT, WITHOUT ROWID;
DELETE FROM setting WHERE key = 'basis';
CREATE TABLE counter (
  hour INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  integrated INTEGER NOT NULL,
  resets INTEGER NOT NULL,
  PRIMARY KEY (hour, quantity)
) STRICT, WITHOUT ROWID;
`,
};
