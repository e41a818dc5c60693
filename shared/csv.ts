export interface Csv {
  names: string[];
  decimalComma: boolean;
  /** Read one by one as they are asked for: a file may be large. */
  rows: Iterable<string[]>;
}

/** Rows of a CSV by the names in its first line. Comma, semicolon or tab; quotes doubled inside quotes. */
export function openCsv(text: string): Csv {
  const lines = linesOf(text);
  const head = lines.next().value ?? '';
  const separator = [';', '\t', ','].find((candidate) => head.includes(candidate)) ?? ',';
  function* rows() {
    for (const line of lines) yield cellsOf(line, separator);
  }
  return { names: cellsOf(head, separator), rows: rows(), decimalComma: separator !== ',' };
}

/** The same with all rows at once, for files that are small. */
export function parseCsv(text: string): Csv & { rows: string[][] } {
  const csv = openCsv(text);
  return { ...csv, rows: [...csv.rows] };
}

/** Empty lines and remarks are left out. */
function* linesOf(text: string): Generator<string, undefined> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, text.charAt(end - 1) === '\r' ? end - 1 : end);
    if (line.trim() !== '' && !line.startsWith('#')) yield line;
    at = end + 1;
  }
  return undefined;
}

function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const char = line.charAt(i);
    if (char === '"' && quoted && line.charAt(i + 1) === '"') {
      cell += '"';
      i += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

/** A cell safe in every spreadsheet: quoted where needed, and no formula. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
