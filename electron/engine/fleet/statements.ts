import { loadColumns, slotColumns } from './columns.ts';

/** Of the tables below; a database of a later version is left alone. */
export const SCHEMA_VERSION = 1;

const definitions = (columns: readonly { name: string; type: string }[]) =>
  columns.map(({ name, type }) => `${name} ${type}`).join(', ');

// Two sites that begin at once make the tables one after the other. The number of the lock is the dashboard's port.
export const CREATE = `
SELECT pg_advisory_xact_lock(8472);
CREATE SCHEMA IF NOT EXISTS spillway;
CREATE TABLE IF NOT EXISTS spillway.version (number integer NOT NULL);
INSERT INTO spillway.version SELECT ${SCHEMA_VERSION} WHERE NOT EXISTS (SELECT FROM spillway.version);
CREATE TABLE IF NOT EXISTS spillway.site (
  id text PRIMARY KEY,
  ledger uuid,
  name text NOT NULL,
  time_zone text NOT NULL,
  currency text NOT NULL,
  epoch bigint NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS spillway.slot (
  site text NOT NULL REFERENCES spillway.site (id),
  at timestamptz NOT NULL,
  ${definitions(slotColumns)},
  PRIMARY KEY (site, at)
);
CREATE TABLE IF NOT EXISTS spillway.slot_load (
  site text NOT NULL REFERENCES spillway.site (id),
  at timestamptz NOT NULL,
  load text NOT NULL,
  ${definitions(loadColumns)},
  PRIMARY KEY (site, at, load)
);
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
    PERFORM create_hypertable('spillway.slot', 'at', chunk_time_interval => interval '7 days', if_not_exists => true);
    PERFORM create_hypertable('spillway.slot_load', 'at', chunk_time_interval => interval '7 days', if_not_exists => true);
  END IF;
END $$;`;

/**
 * Takes a site: whoever had it before can write no more, not even with what is still under way to the server. No row: the
 * site belongs to another ledger. Parameters: id, ledger, name, time zone, currency.
 */
export const CLAIM = `
INSERT INTO spillway.site AS site (id, ledger, name, time_zone, currency, epoch, seen_at)
VALUES ($1, $2, $3, $4, $5, 1, now())
ON CONFLICT (id) DO UPDATE SET ledger = excluded.ledger, name = excluded.name, time_zone = excluded.time_zone,
  currency = excluded.currency, epoch = site.epoch + 1, seen_at = excluded.seen_at
WHERE site.ledger = excluded.ledger OR site.ledger IS NULL
RETURNING epoch`;

const upsert = (table: string, keys: string, columns: readonly { name: string; type: string }[]): string => {
  const names = columns.map(({ name }) => name).join(', ');
  return `INSERT INTO spillway.${table} (site, ${keys}, ${names})
  SELECT fence.id, ${keys}, ${names} FROM fence`;
};
const replace = (columns: readonly { name: string }[]) =>
  columns.map(({ name }) => `${name} = excluded.${name}`).join(', ');

/**
 * One statement, so that it happens as a whole or not at all, and no broken connection leaves a transaction open. Without
 * the epoch of the claim nothing is written. Parameters: id, epoch, slots, loads. @returns a row where it was written
 */
export const SEND = `
WITH fence AS (
  UPDATE spillway.site SET seen_at = now() WHERE id = $1 AND epoch = $2 RETURNING id
), slots AS (
  ${upsert('slot', 'at', slotColumns)},
    json_to_recordset($3::json) AS given (at timestamptz, ${definitions(slotColumns)})
  ON CONFLICT (site, at) DO UPDATE SET ${replace(slotColumns)}
), loads AS (
  ${upsert('slot_load', 'at, load', loadColumns)},
    json_to_recordset($4::json) AS given (at timestamptz, load text, ${definitions(loadColumns)})
  ON CONFLICT (site, at, load) DO UPDATE SET ${replace(loadColumns)}
)
SELECT id FROM fence`;
