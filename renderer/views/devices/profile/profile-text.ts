/** What a row of the form tells; `grid` and `battery` are signed, and the form asks for the sign. */
export const quantities = [
  'production',
  'grid',
  'battery',
  'soc',
  'demand',
  'productionTotal',
  'importTotal',
  'exportTotal',
  'gridVoltage',
  'gridFrequency',
] as const;
export type RowQuantity = (typeof quantities)[number];
export const types = ['u16', 'i16', 'u32', 'i32', 'f32', 'u64', 'i64', 'f64'] as const;
export const signs = { grid: ['import', 'export'], battery: ['charge', 'discharge'] } as const;

export interface Row {
  quantity: RowQuantity;
  /** Register number, or path in the page, as `meter.power`. */
  at: string;
  as: (typeof types)[number];
  scale: string;
  positive: 'import' | 'export' | 'charge' | 'discharge';
}

export interface ProfileDraft {
  id: string;
  protocol: 'registers' | 'http-json';
  table: 'holding' | 'input';
  words: 'high-first' | 'low-first';
  page: string;
  rows: Row[];
}

export const newRow = (quantity: RowQuantity): Row => ({
  quantity,
  at: '',
  as: 'i16',
  scale: '1',
  positive: quantity === 'battery' ? 'charge' : 'import',
});

const WIDTH = { u16: 1, i16: 1, u32: 2, i32: 2, f32: 2, u64: 4, i64: 4, f64: 4 };
/** Registers between two values that are cheaper to read along than to leave out. */
const GAP = 16;
/** Most registers of one read (Modbus application protocol 1.1b3, 6.3). */
const MOST = 125;

/** What is not a number is left as it was typed, so that the check names the field. */
function number(typed: string): number | string {
  const text = typed.trim().replace(',', '.');
  return text === '' || Number.isNaN(Number(text)) ? typed : Number(text);
}

function blocksOf(rows: readonly Row[]): { at: number; count: number }[] {
  const spans = rows
    .map(({ at, as }) => ({ at: Number(at), end: Number(at) + WIDTH[as] }))
    .filter(({ at }) => Number.isInteger(at))
    .toSorted((a, b) => a.at - b.at);
  const blocks: { at: number; end: number }[] = [];
  for (const span of spans) {
    const last = blocks.at(-1);
    if (last && span.at - last.end <= GAP && Math.max(last.end, span.end) - last.at <= MOST)
      last.end = Math.max(last.end, span.end);
    else blocks.push({ ...span });
  }
  return blocks.map(({ at, end }) => ({ at, count: end - at }));
}

/** The form as the text of a profile file. */
export function profileText({ id, protocol, table, words, page, rows }: ProfileDraft): string {
  const field = ({ at, as, scale }: Row) => {
    const place = protocol === 'registers' ? { at: number(at), as } : { from: 'page', path: at.trim() };
    return { ...place, ...(scale.trim() === '1' || scale.trim() === '' ? {} : { scale: number(scale) }) };
  };
  const told = Object.fromEntries(
    rows.map((row) => [
      row.quantity,
      row.quantity === 'grid' || row.quantity === 'battery'
        ? { power: field(row), positive: row.positive }
        : field(row),
    ]),
  );
  const common = {
    protocol,
    id,
    vendor: 'Own profile',
    models: [id],
    source: 'entered in the form of Spillway',
    verifiedOnHardware: false,
    pollS: 1,
  };
  const wire =
    protocol === 'registers'
      ? { bus: { unit: 1 }, table, words, blocks: blocksOf(rows) }
      : { requests: { page: { path: page.startsWith('/') ? page : `/${page}` } } };
  return JSON.stringify({ ...common, ...wire, quantities: told, samples: [] }, null, 2);
}

/** The row that a message of the check is about: `the profile: quantities.grid.power.at: …`. */
export const rowOf = (message: string, rows: readonly Row[]): Row | undefined =>
  rows.find(({ quantity }) => message.includes(`quantities.${quantity}`));
