/** A SunSpec map of our own: common, inverter 103, controls 123 with nameplate 120, meter 203, storage 124. */
export function sunspecImage(
  base = 40000,
  more: { acW?: number; state?: number; meterW?: number; limitOn?: number; manufacturer?: string } = {},
) {
  const words: number[] = [0x5375, 0x6e53];
  const at: Record<string, number> = {};
  const text = (value: string, registers: number) =>
    Array.from(
      { length: registers },
      (_, i) => ((value.charCodeAt(2 * i) || 0) << 8) | (value.charCodeAt(2 * i + 1) || 0),
    );
  const model = (id: number, length: number, points: Record<number, number>) => {
    at[`model${id}`] = base + words.length;
    const block = Array.from({ length: length + 2 }, () => 0xffff);
    block[0] = id;
    block[1] = length;
    for (const [offset, word] of Object.entries(points)) block[Number(offset)] = word & 0xffff;
    words.push(...block);
  };
  const common = Object.fromEntries(
    [
      ...text(more.manufacturer ?? 'Spillway', 16),
      ...text('Tester 6', 16),
      ...text('', 8),
      ...text('1.0', 8),
      ...text('SN1', 16),
    ].map((word, i) => [i + 2, word]),
  );
  model(1, 66, common);
  const { acW = 2500, state = 4, meterW = -800 } = more;
  model(103, 50, { 10: 2301, 13: -1, 14: acW / 10, 15: 1, 16: 5001, 17: -2, 24: 0x0001, 25: 0, 26: 0, 38: state });
  model(120, 26, { 2: 4, 3: 6000, 4: 0 });
  model(123, 24, { 5: 42, 9: more.limitOn ?? 0, 23: 0 });
  model(203, 105, {
    8: 2302,
    15: -1,
    16: 5002,
    17: -2,
    18: meterW,
    19: meterW,
    20: 0,
    21: 0,
    22: 0,
    38: 0,
    39: 4000,
    46: 0,
    47: 3000,
    54: 0,
  });
  words.push(0xffff, 0);
  return { image: Object.fromEntries(words.map((word, i) => [base + i, word])), at, words, base };
}
