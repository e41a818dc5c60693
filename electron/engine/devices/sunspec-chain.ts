import type { RegisterSource } from '../transports/registers.ts';
import { failed, type Failed } from '../transports/fault.ts';
import { textAt } from './decode/registers.ts';
import { MODELS } from './sunspec-models.ts';

export interface ModelAt {
  id: number;
  /** Wire address of its ID register. */
  start: number;
  /** Registers including ID and L. */
  span: number;
}
type ChainFailed = Failed & { exception?: number };

export interface Identity {
  manufacturer: string;
  model?: string;
  firmware?: string;
  serial?: string;
}
export interface Chain {
  identity: Identity;
  models: ModelAt[];
}

const BASES = [40000, 50000, 0];
const MARKER = [0x5375, 0x6e53];
const END = 0xffff;
const COMMON = 1;
const MAX_MODELS = 100;

/** Walks the chain of models from the marker to its end. */
export async function findChain(
  source: RegisterSource,
  unit: number,
  signal: AbortSignal,
): Promise<{ outcome: 'ok'; chain: Chain } | ChainFailed> {
  let last: ChainFailed | undefined;
  for (const base of BASES) {
    const marker = await source.read({ table: 'holding', at: base, count: 2, unit }, signal);
    if (marker.outcome === 'failed') {
      if (marker.exception === undefined) return marker;
      last = marker;
      continue;
    }
    if (marker.words[0] === MARKER[0] && marker.words[1] === MARKER[1]) return walk(source, unit, base + 2, signal);
  }
  if (last && last.fault.kind !== 'unsupported') return last;
  return failed(
    'unsupported',
    `${source.address} unit ${unit} shows no SunSpec models at 40000, 50000 or 0; switch its SunSpec Modbus on or choose another device type`,
  );
}

async function walk(
  source: RegisterSource,
  unit: number,
  first: number,
  signal: AbortSignal,
): Promise<{ outcome: 'ok'; chain: Chain } | ChainFailed> {
  const models: ModelAt[] = [];
  let identity: Identity = { manufacturer: '' };
  let start = first;
  while (models.length < MAX_MODELS && start < 0xfffe) {
    const head = await source.read({ table: 'holding', at: start, count: 2, unit }, signal);
    if (head.outcome === 'failed') {
      // Some chains end without the end marker.
      if (head.fault.kind === 'unsupported' && models.length > 0) break;
      return head;
    }
    const [id = END, length = 0] = head.words;
    if (id === END) break;
    models.push({ id, start, span: length + 2 });
    if (id === COMMON && identity.manufacturer === '') {
      const common = await source.read({ table: 'holding', at: start, count: Math.min(length + 2, 66), unit }, signal);
      if (common.outcome === 'failed') return common;
      identity = identityOf(common.words);
    }
    start += length + 2;
  }
  return { outcome: 'ok', chain: { identity, models } };
}

function identityOf(words: readonly number[]): Identity {
  const [model, firmware, serial] = [textAt(words, 18, 16), textAt(words, 42, 8), textAt(words, 50, 16)];
  return {
    manufacturer: textAt(words, 2, 16) ?? '',
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(serial === undefined ? {} : { serial }),
  };
}

export interface ModelWords {
  id: number;
  words: readonly number[];
}

const MAX_READ = 125;

/** Reads all models we know in as few blocks as the protocol allows; no model is torn unless it is longer than a block. */
export async function readModels(
  source: RegisterSource,
  unit: number,
  chain: Chain,
  signal: AbortSignal,
): Promise<{ outcome: 'ok'; models: ModelWords[] } | Failed> {
  const models: ModelWords[] = [];
  for (const group of groups(chain.models.filter((model) => MODELS[model.id] !== undefined))) {
    const first = group[0]?.start ?? 0;
    const end = Math.max(...group.map((model) => model.start + model.span));
    const words: number[] = [];
    for (let at = first; at < end; at += MAX_READ) {
      const part = await source.read({ table: 'holding', at, count: Math.min(MAX_READ, end - at), unit }, signal);
      if (part.outcome === 'failed') return part;
      words.push(...part.words);
    }
    for (const model of group) {
      const own = words.slice(model.start - first, model.start - first + model.span);
      if (own[0] !== model.id)
        return failed(
          'changed-identity',
          `${source.address} unit ${unit} has changed its SunSpec models; they are read anew`,
        );
      models.push({ id: model.id, words: own });
    }
  }
  return { outcome: 'ok', models };
}

function groups(models: readonly ModelAt[]): ModelAt[][] {
  const out: ModelAt[][] = [];
  for (const model of models) {
    const open = out.at(-1);
    const first = open?.[0];
    if (open && first && model.start + model.span - first.start <= MAX_READ) open.push(model);
    else out.push([model]);
  }
  return out;
}
