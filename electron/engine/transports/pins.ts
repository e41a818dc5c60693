import { z } from 'zod';

/** Certificates of devices as they were at first contact: SHA-256 in lower-case hex, by `host:port`. */
export interface PinBook {
  pinOf(address: string): string | undefined;
  firstSeen(address: string, fingerprint: string): void;
}

const KEY = 'pins';
const Pins = z.record(z.string(), z.string());

/** A book that outlives restarts; the ledger's settings fit. */
export function pinBook(memory: {
  read<T>(key: string, schema: z.ZodType<T>): T | undefined;
  write(key: string, value: unknown): void;
}): PinBook {
  const pins = new Map(Object.entries(memory.read(KEY, Pins) ?? {}));
  return {
    pinOf: (address) => pins.get(address),
    firstSeen(address, fingerprint) {
      pins.set(address, fingerprint);
      memory.write(KEY, Object.fromEntries(pins));
    },
  };
}
