/** Rows of a CSV by the names in its first line. Comma, semicolon or tab; quotes doubled inside quotes. */
export function parseCsv(text: string): { names: string[]; rows: string[][]; decimalComma: boolean } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const kept = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const head = kept[0] ?? '';
  const separator = [';', '\t', ','].find((candidate) => head.includes(candidate)) ?? ',';
  const [names = [], ...rows] = kept.map((line) => cellsOf(line, separator));
  return { names, rows, decimalComma: separator !== ',' };
}

function cellsOf(line: string, separator: string): string[] {
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
