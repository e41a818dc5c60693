import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type TraceKind = 'pv' | 'wind';

/** One day at 1 s: what the plant could make and what the site uses without our loads. */
export interface Trace {
  id: string;
  kind: TraceKind;
  seconds: number;
  potentialW: Float64Array;
  demandW: Float64Array;
  peakW: number;
}

export interface TraceEntry {
  id: string;
  kind: TraceKind;
  file: string;
  stepSeconds: number;
}

/** A trace that cannot be used; the message names file, line and reason. */
export class TraceError extends Error {}

const HEADER = 't_s,production_w,demand_w';

export function readTraces(directory: string): Trace[] {
  return readIndex(directory).map((entry) => {
    const path = join(directory, entry.file);
    let text: string;
    try {
      const bytes = readFileSync(path);
      text = (entry.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    } catch (error) {
      throw new TraceError(`${path}: cannot be read (${String(error)}). Give a gzip CSV as traces.json names it.`);
    }
    return parseTrace(text, entry, path);
  });
}

function readIndex(directory: string): TraceEntry[] {
  const path = join(directory, 'traces.json');
  let entries: unknown;
  try {
    entries = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new TraceError(`${path}: cannot be read (${String(error)}). Give a folder with traces.json.`);
  }
  if (!Array.isArray(entries) || entries.length === 0)
    throw new TraceError(`${path}: must be a list with at least one trace.`);
  const seen = new Set<string>();
  return entries.map((entry: Partial<TraceEntry>, at) => {
    const { id, kind, file, stepSeconds } = entry;
    const where = `${path}: entry ${at + 1}`;
    if (typeof id !== 'string' || !/^[\w-]+$/.test(id))
      throw new TraceError(`${where}: id must be letters, digits, - and _.`);
    if (seen.has(id)) throw new TraceError(`${where}: id ${id} is there twice.`);
    seen.add(id);
    if (kind !== 'pv' && kind !== 'wind') throw new TraceError(`${where}: kind must be pv or wind.`);
    if (typeof file !== 'string') throw new TraceError(`${where}: file is missing.`);
    if (!Number.isInteger(stepSeconds) || Number(stepSeconds) < 1)
      throw new TraceError(`${where}: stepSeconds must be a whole number from 1.`);
    return { id, kind, file, stepSeconds: Number(stepSeconds) };
  });
}

/** Production is interpolated linearly between rows, demand is held. */
export function parseTrace(text: string, entry: TraceEntry, path: string): Trace {
  const lines = text.split('\n');
  if (lines.at(-1)?.trim() === '') lines.pop();
  if (lines[0]?.trim() !== HEADER) throw new TraceError(`${path}:1: the header must be ${HEADER}.`);
  const rows = lines.length - 1;
  if (rows < 2) throw new TraceError(`${path}:${lines.length}: at least two rows are needed.`);
  const step = entry.stepSeconds;
  const production = new Float64Array(rows);
  const demand = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = `${path}:${row + 2}`;
    const cells = (lines[row + 1] ?? '').split(',').map((cell) => cell.trim());
    if (cells.length !== 3) throw new TraceError(`${at}: three columns are needed, found ${cells.length}.`);
    const [t, productionW, demandW] = cells.map((cell) => (cell === '' ? Number.NaN : Number(cell))) as [
      number,
      number,
      number,
    ];
    if (![t, productionW, demandW].every(Number.isFinite))
      throw new TraceError(`${at}: not a number in "${cells.join(',')}".`);
    const expected = row * step;
    if (t < expected) throw new TraceError(`${at}: time ${t} s is not sorted (expected ${expected} s).`);
    if (t > expected) throw new TraceError(`${at}: hole before ${t} s (expected ${expected} s).`);
    if (productionW < 0 || demandW < 0) throw new TraceError(`${at}: negative power.`);
    production[row] = productionW;
    demand[row] = demandW;
  }
  return spread(entry, production, demand);
}

function spread(entry: TraceEntry, production: Float64Array, demand: Float64Array): Trace {
  const step = entry.stepSeconds;
  const seconds = production.length * step;
  const potentialW = new Float64Array(seconds);
  const demandW = new Float64Array(seconds);
  let peakW = 0;
  for (let t = 0; t < seconds; t++) {
    const row = Math.floor(t / step);
    const before = production[row] ?? 0;
    const after = production[Math.min(row + 1, production.length - 1)] ?? before;
    const power = before + ((after - before) * (t - row * step)) / step;
    potentialW[t] = power;
    demandW[t] = demand[row] ?? 0;
    if (power > peakW) peakW = power;
  }
  return { id: entry.id, kind: entry.kind, seconds, potentialW, demandW, peakW };
}
