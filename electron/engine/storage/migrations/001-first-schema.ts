// Energies mWh, money millionths of the currency unit, bitcoin millisats (lots and payouts: sats and minor units).
// A slot is numbered startMs / 300 000, a minute startMs / 60 000: small keys keep ten years small.
const siteColumns = `
  covered_ms INTEGER NOT NULL,
  unproven_ms INTEGER NOT NULL,
  production INTEGER NOT NULL,
  import INTEGER NOT NULL,
  export INTEGER NOT NULL,
  charge INTEGER NOT NULL,
  discharge INTEGER NOT NULL,
  demand INTEGER NOT NULL,
  residual INTEGER NOT NULL,
  curtailed INTEGER,
  curtailed_plus_minus INTEGER,
  curtailed_method INTEGER,
  mined INTEGER,
  forgone_export INTEGER,
  import_cost INTEGER,
  battery_cost INTEGER,
  paid_export_avoided INTEGER`;

const loadColumns = `
  draw INTEGER NOT NULL,
  grid_fed INTEGER NOT NULL,
  contracted INTEGER NOT NULL,
  boost_fed INTEGER NOT NULL,
  battery_fed INTEGER NOT NULL,
  deferred_charge INTEGER NOT NULL,
  forgone_export_energy INTEGER NOT NULL,
  avoided_paid_export INTEGER NOT NULL,
  avoided_curtailment INTEGER NOT NULL,
  unproven INTEGER NOT NULL,
  msat INTEGER,
  starts INTEGER NOT NULL`;

export const firstSchema = {
  name: 'first schema',
  sql: `
CREATE TABLE setting (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE reading (at_ms INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE minute (minute INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE market (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  currency TEXT NOT NULL,
  sats_per_th_hour REAL,
  pool_fee REAL NOT NULL,
  price_per_sat REAL,
  export_per_kwh REAL,
  import_per_kwh REAL,
  battery_per_kwh REAL
) STRICT;
CREATE TABLE slot (
  slot INTEGER PRIMARY KEY,
  market INTEGER REFERENCES market(id),${siteColumns}
) STRICT;
CREATE TABLE slot_load (
  slot INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),${loadColumns},
  PRIMARY KEY (slot, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE violation (
  slot INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),
  grid_fed INTEGER NOT NULL,
  cause TEXT NOT NULL,
  PRIMARY KEY (slot, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE open_slot (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
CREATE TABLE rollup (
  kind INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  slots INTEGER NOT NULL,
  unproven_slots INTEGER NOT NULL,${siteColumns},
  PRIMARY KEY (kind, start_ms)
) STRICT, WITHOUT ROWID;
CREATE TABLE rollup_load (
  kind INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),${loadColumns},
  PRIMARY KEY (kind, start_ms, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE command (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),
  kind TEXT NOT NULL,
  setpoint_w REAL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX command_at ON command (at_ms);
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL,
  subject TEXT
) STRICT;
CREATE INDEX event_at ON event (at_ms);
CREATE TABLE payout (id TEXT PRIMARY KEY, received_ms INTEGER NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lot (id TEXT PRIMARY KEY, received_ms INTEGER NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE disposal (id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
};
