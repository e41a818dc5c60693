/** Values of one DSMR/ESMR P1 telegram by OBIS reduced to C.D.E, in the telegram's own units. */
export type DsmrTelegram = ReadonlyMap<string, number>;

const LINE = /^\d+-\d+:(\d+\.\d+\.\d+)\((-?\d+(?:\.\d+)?)\*(kW|kWh|V|A|Hz)\)\s*$/;

/** Takes whole telegrams from the front of the text; the rest begins at a telegram or is empty. */
export function cutTelegrams(text: string): { telegrams: string[]; rest: string } {
  const telegrams: string[] = [];
  let rest = text;
  for (;;) {
    const start = rest.indexOf('/');
    if (start < 0) return { telegrams, rest: '' };
    rest = rest.slice(start);
    const end = /\r?\n![0-9A-Fa-f]{0,4}\r?\n/.exec(rest);
    if (!end) return { telegrams, rest };
    telegrams.push(rest.slice(0, end.index + end[0].length));
    rest = rest.slice(end.index + end[0].length);
  }
}

/** Undefined where the checksum is wrong; version 2 and 3 telegrams have none. */
export function decodeDsmr(telegram: string): DsmrTelegram | undefined {
  const end = telegram.lastIndexOf('!');
  const told = /^[0-9A-Fa-f]{4}/.exec(telegram.slice(end + 1))?.[0];
  if (told !== undefined && crcArc(telegram.slice(0, end + 1)) !== Number.parseInt(told, 16)) return undefined;
  const values = new Map<string, number>();
  for (const line of telegram.split(/\r?\n/)) {
    const [, obis, number] = LINE.exec(line) ?? [];
    if (obis !== undefined && number !== undefined && !values.has(obis)) values.set(obis, Number(number));
  }
  return values.size === 0 ? undefined : values;
}

/** CRC-16/ARC from `/` to `!` (DSMR P1 companion standard 5.0.2, 6.2). */
function crcArc(text: string): number {
  let crc = 0;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
