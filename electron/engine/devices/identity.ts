import { z } from 'zod';
import type { DeviceFault, PlantDevice } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { addressOf } from './address.ts';

const Known = z.object({
  address: z.string(),
  serial: z.string(),
  /** The owner has looked at the device since: another one may take its place, once. */
  open: z.boolean().optional(),
});
type Known = z.infer<typeof Known>;
const KEY = 'plant-serials';

/** Serial numbers of the plant's devices as they were first seen at their addresses; outlives restarts. */
export interface SerialBook {
  /** @returns what is wrong where another device answers at the address now */
  strangerIn(device: PlantDevice, reading: PlantReading): DeviceFault | undefined;
  /** The owner tested and saved this device: whatever answers next is it. */
  confirm(id: string): void;
}

export interface SerialPorts {
  read<T>(key: string, schema: z.ZodType<T>): T | undefined;
  write(key: string, value: unknown): void;
  /** Another device has taken this one's place by the owner's word. */
  onReplaced(device: PlantDevice): void;
}

export function serialBook({ read, write, onReplaced }: SerialPorts): SerialBook {
  const book = new Map(Object.entries(read(KEY, z.record(z.string(), Known)) ?? {}));
  function put(id: string, known: Known) {
    book.set(id, known);
    write(KEY, Object.fromEntries(book));
  }
  return {
    strangerIn(device, { serial, model }) {
      if (serial === undefined || serial.trim() === '') return undefined;
      const address = addressOf(device);
      const known = book.get(device.id);
      if (known?.address !== address) {
        put(device.id, { address, serial });
        return undefined;
      }
      const same = known.serial.toLowerCase() === serial.toLowerCase();
      if (same && !known.open) return undefined;
      if (same || known.open) {
        put(device.id, { address, serial });
        if (!same) onReplaced(device);
        return undefined;
      }
      const message = `${address} now belongs to ${model ?? 'another device'} with serial ${serial}, not to ${device.name} (${known.serial}); give that one a fixed address in the router, or, if it was replaced, open ${device.name} under Devices, test and save it`;
      return { kind: 'changed-identity', message };
    },
    confirm(id) {
      const known = book.get(id);
      if (known) put(id, { ...known, open: true });
    },
  };
}
