/**
 * Whole numbers in the proportion of `parts` that sum to `total` exactly (largest remainder; the earlier one at a tie).
 * @param total integer ≥ 0 @param parts ≥ 0; where all are 0 the first takes everything
 */
export function apportion(total: number, parts: readonly number[]): number[] {
  if (parts.length === 0) return [];
  const sum = parts.reduce((a, b) => a + b, 0);
  if (sum <= 0) return parts.map((_, i) => (i === 0 ? total : 0));
  const exact = parts.map((part) => (part / sum) * total);
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((a, b) => a + b, 0);
  const order = exact.map((value, i) => ({ i, remainder: value - Math.floor(value) }));
  order.sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) break;
    whole[i] = (whole[i] ?? 0) + 1;
    left -= 1;
  }
  return whole;
}
