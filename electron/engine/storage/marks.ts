import type { DecisionMark } from '#shared/ledger.ts';
import type { WritableDatabase } from './database.ts';
import type { NameTable } from './names.ts';

export interface Marks {
  add(marks: readonly DecisionMark[]): void;
  between(fromMs: number, toMs: number): DecisionMark[];
  dropFrom(atMs: number): void;
}

interface Row {
  at_ms: number;
  device: number;
  kind: string;
  setpoint_w: number | null;
  reason: string;
}

export function marks(db: WritableDatabase, devices: NameTable): Marks {
  const insert = db.prepare<[number, number, string, number | null, string]>(
    'INSERT INTO command (at_ms, device, kind, setpoint_w, reason) VALUES (?, ?, ?, ?, ?)',
  );
  const select = db.prepare<[number, number], Row>(
    'SELECT at_ms, device, kind, setpoint_w, reason FROM command WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms, id',
  );
  const drop = db.prepare<[number]>('DELETE FROM command WHERE at_ms >= ?');
  return {
    add(list) {
      for (const { atMs, loadId, kind, setpointW, reason } of list) {
        insert.run(Math.round(atMs), devices.idOf(loadId), kind, setpointW ?? null, JSON.stringify(reason));
      }
    },
    between: (fromMs, toMs) =>
      select.all(fromMs, toMs).map(({ at_ms, device, kind, setpoint_w, reason }) => ({
        atMs: at_ms,
        loadId: devices.keyOf(device),
        kind: kind as DecisionMark['kind'],
        ...(setpoint_w === null ? {} : { setpointW: setpoint_w }),
        reason: JSON.parse(reason) as unknown,
      })),
    dropFrom: (atMs) => void drop.run(atMs),
  };
}
