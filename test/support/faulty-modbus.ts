import net from 'node:net';
import { listen, type Served } from '../conformance/served.ts';
import type { Clock } from '#engine/system/clock.ts';

/** What goes wrong between us and one unit behind a Modbus TCP port. */
export type ModbusFault = 'cut' | 'frozen' | 'garbage' | 'asleep' | { laterS: number };

export interface FaultyModbus extends Served {
  /** By unit; a unit that is not here is well. */
  faults: Map<number, ModbusFault>;
  /** The wire itself, whatever the units. */
  cut(isCut: boolean): void;
}

const UNIT = 6;
const FUNCTION = 7;
/** Gateway target device failed to respond (Modbus application protocol V1.1b3, section 7). */
const SILENT_TARGET = 0x0b;

/** A wire to the real port that passes every frame on, unless its unit has a fault. */
export async function faultyModbus(toPort: number, clock: Clock): Promise<FaultyModbus> {
  const faults = new Map<number, ModbusFault>();
  const remembered = new Map<string, Buffer>();
  let isCut = false;
  const open = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (near) => {
    if (isCut) return void near.destroy();
    open.add(near);
    const far = net.connect({ host: '127.0.0.1', port: toPort, noDelay: true });
    const asked = new Map<number, string>();
    const end = () => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.on(
      'data',
      frames((frame) => {
        const fault = faults.get(frame.readUInt8(UNIT));
        if (fault === 'cut') return end();
        if (fault === 'asleep') return void near.write(refusal(frame));
        asked.set(frame.readUInt16BE(0), frame.toString('hex', UNIT));
        far.write(frame);
      }),
    );
    far.on(
      'data',
      frames((frame) => {
        const fault = faults.get(frame.readUInt8(UNIT));
        const question = asked.get(frame.readUInt16BE(0)) ?? '';
        asked.delete(frame.readUInt16BE(0));
        if (fault === 'garbage') frame.fill(0xa5, FUNCTION + 2);
        const before = remembered.get(question);
        if (fault === 'frozen' && before) before.copy(frame, FUNCTION);
        else remembered.set(question, Buffer.from(frame.subarray(FUNCTION)));
        if (typeof fault !== 'object') return void near.write(frame);
        void clock.sleep(fault.laterS * 1000).then(() => near.writable && near.write(frame));
      }),
    );
  });
  return {
    ...(await listen(server)),
    faults,
    cut(now) {
      isCut = now;
      if (isCut) for (const socket of open) socket.destroy();
    },
  };
}

/** Calls back with each whole frame of a stream. */
function frames(each: (frame: Buffer) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 6 && pending.length >= 6 + pending.readUInt16BE(4)) {
      const frame = pending.subarray(0, 6 + pending.readUInt16BE(4));
      pending = pending.subarray(frame.length);
      each(Buffer.from(frame));
    }
  };
}

function refusal(question: Buffer): Buffer {
  const answer = Buffer.from(question.subarray(0, 9));
  answer.writeUInt16BE(3, 4);
  answer[FUNCTION] = (question[FUNCTION] ?? 0) | 0x80;
  answer[FUNCTION + 1] = SILENT_TARGET;
  return answer;
}
