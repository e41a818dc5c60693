/** Energies are kept as INTEGER milliwatt-hours: 1 W over 3.6 s is 1 mWh. */
export const MS_PER_HOUR = 3_600_000;

/** @returns value forced into [low, high]; `high` wins where they contradict */
export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
