/** One SMA Energy Meter or Home Manager datagram. Powers in W, energies in Wh; OBIS channels as in the reference 3.4. */
export interface SpeedwireReading {
  serial: string;
  values: ReadonlyMap<number, number>;
  counters: ReadonlyMap<number, number>;
}

const MAGIC = 0x534d_4100;
const PROTOCOL = 0x6069;
const FIRST_RECORD = 28;
const VERSION_CHANNEL = 144;

/** Undefined for anything but a whole energy-meter datagram (SMA "EMETER-Protokoll-TI"). */
export function decodeSpeedwire(bytes: Uint8Array): SpeedwireReading | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIRST_RECORD + 8 || view.getUint32(0) !== MAGIC || view.getUint16(16) !== PROTOCOL)
    return undefined;
  // The length counts from the protocol id, which stands behind 16 bytes of header.
  if (view.getUint16(12) + 16 > bytes.length) return undefined;
  const values = new Map<number, number>();
  const counters = new Map<number, number>();
  for (let at = FIRST_RECORD; at + 8 <= bytes.length;) {
    const channel = view.getUint8(at + 1);
    const type = view.getUint8(at + 2);
    if (view.getUint8(at) === VERSION_CHANNEL || (type !== 4 && type !== 8)) break;
    if (type === 4) {
      values.set(channel, view.getUint32(at + 4));
      at += 8;
    } else {
      if (at + 12 > bytes.length) return undefined;
      counters.set(channel, Number(view.getBigUint64(at + 4)));
      at += 12;
    }
  }
  return values.size === 0 ? undefined : { serial: String(view.getUint32(20)), values, counters };
}
