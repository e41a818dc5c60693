import type { ConformanceCase } from './case.ts';

const DEFAULT_TOLERANCE = 0.5;

/** Differences between what a case expects and what was read, one sentence each; empty: it passes. */
export function differences(
  expected: Pick<ConformanceCase, 'expect' | 'tolerance'>,
  reading: Record<string, unknown>,
): string[] {
  return Object.entries(expected.expect).flatMap(([quantity, want]) => {
    const got = quantity === 'drawSource' && reading[quantity] === 'plug' ? 'measured' : reading[quantity];
    return agrees(quantity, want, got, expected.tolerance[quantity])
      ? []
      : [`${quantity} ${show(got)}, expected ${show(want)}`];
  });
}

function agrees(quantity: string, want: unknown, got: unknown, tolerance = DEFAULT_TOLERANCE): boolean {
  if (want === null) return got === undefined || got === null;
  if (typeof want === 'number')
    return typeof got === 'number' && Number.isFinite(got) && Math.abs(got - want) <= tolerance;
  if ((quantity === 'model' || quantity === 'firmware') && typeof want === 'string')
    return typeof got === 'string' && got.toLowerCase().includes(want.toLowerCase());
  return got === want;
}

const show = (value: unknown) => (value === undefined || value === null ? 'unknown' : JSON.stringify(value));
