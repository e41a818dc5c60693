import type { Client } from 'pg';
import { loadColumns, loadRows, slotColumns, slotRows, type PricedSlot } from '#engine/fleet/columns.ts';
import type { Ledger } from '#engine/storage/ledger.ts';

/** What the ledger holds, and what PostgreSQL should. */
export async function slotsOf(ledger: Ledger): Promise<PricedSlot[]> {
  const text = await ledger.exchange.exportJson(0, Number.MAX_SAFE_INTEGER);
  return (JSON.parse(text) as { slots: PricedSlot[] }).slots;
}

type Row = Record<string, unknown>;

/**
 * Row by row and figure by figure. `lost`: rows of the ledger that are not there or differ; `duplicated`: rows there that
 * the ledger does not have.
 */
export async function compareExport(
  client: Client,
  siteId: string,
  slots: readonly PricedSlot[],
): Promise<{ rows: number; lost: number; duplicated: number }> {
  const tables = [
    { name: 'slot', keys: ['at'], columns: slotColumns, wanted: slotRows(slots) as Row[] },
    { name: 'slot_load', keys: ['at', 'load'], columns: loadColumns, wanted: loadRows(slots) as Row[] },
  ];
  const sum = { rows: 0, lost: 0, duplicated: 0 };
  for (const { name, keys, columns, wanted } of tables) {
    const names = columns.map((column) => column.name);
    const { rows } = await client.query<Row>(
      `SELECT ${[...keys, ...names].join(', ')} FROM spillway.${name} WHERE site = $1`,
      [siteId],
    );
    const text = (row: Row) =>
      JSON.stringify([
        new Date(row['at'] as string).toISOString(),
        row['load'] ?? null,
        ...columns.map(({ name: key, type }) => {
          const cell = row[key] ?? null;
          return cell !== null && (type === 'bigint' || type === 'double precision') ? Number(cell) : cell;
        }),
      ]);
    const there = new Map<string, number>();
    for (const row of rows) there.set(text(row), (there.get(text(row)) ?? 0) + 1);
    const found = wanted.filter((row) => {
      const left = there.get(text(row)) ?? 0;
      if (left > 0) there.set(text(row), left - 1);
      return left > 0;
    }).length;
    sum.rows += rows.length;
    sum.lost += wanted.length - found;
    sum.duplicated += Math.max(0, rows.length - wanted.length);
  }
  return sum;
}
