import type { Report, Resolution } from '#shared/ledger.ts';
import { dayOf, monthOf } from '#shared/time.ts';
import { slices } from '#engine/system/breathe.ts';
import { csvTable, jsonTable } from './csv.ts';

interface Asked {
  fromMs: number;
  toMs: number;
  resolution: Resolution;
}

interface Given {
  timeZone: string;
  currency: string;
  simulated: boolean;
  /** Nothing is kept before or after. */
  firstMs: number;
  lastMs: number;
}

/** Report by report, so that no tick waits for ten years of rows: slots by the day, hours by the month, the rest at once. */
function* partsOf(asked: Asked, { timeZone, firstMs, lastMs }: Given): Generator<Asked> {
  const { resolution } = asked;
  const spanOf = resolution === 'slot' ? dayOf : resolution === 'hour' ? monthOf : undefined;
  if (!spanOf) return yield asked;
  const toMs = Math.min(asked.toMs, dayOf(lastMs, timeZone).endMs);
  for (let atMs = Math.max(asked.fromMs, dayOf(firstMs, timeZone).startMs); atMs < toMs;) {
    const endMs = Math.min(toMs, spanOf(atMs, timeZone).endMs);
    yield { fromMs: atMs, toMs: endMs, resolution };
    atMs = endMs;
  }
}

/** Rows of a range as a table for spreadsheets, or as they are kept. */
export async function exportTable(
  asked: Asked,
  format: 'csv' | 'json',
  given: Given,
  report: (asked: Asked) => Report,
): Promise<string> {
  const whole = () => ({ ...report({ ...asked, resolution: 'month' }), resolution: asked.resolution });
  const table = format === 'csv' ? csvTable(given) : jsonTable(given, whole());
  const pause = slices();
  const pieces: string[] = [];
  for (const part of partsOf(asked, given)) {
    const { rows } = report(part);
    if (rows.length > 0) pieces.push(table.rows(rows));
    await pause();
  }
  return `${table.head}${pieces.join(table.between)}${table.tail}`;
}
