export const SATS_PER_BITCOIN = 1e8;
