import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { serialBook } from '#engine/devices/identity.ts';
import { plantSession } from '#engine/devices/session.ts';
import { plantDevice, testPorts } from './plant.ts';

function shelf() {
  const kept = new Map<string, unknown>();
  return {
    read: <T>(key: string, schema: z.ZodType<T>) => schema.safeParse(kept.get(key)).data,
    write: (key: string, value: unknown) => void kept.set(key, value),
  };
}

const meter = plantDevice('meter', ['grid']);

describe('the serial number first seen at an address', () => {
  it('belongs to the device for good, over restarts, and another one there is told', () => {
    const kept = shelf();
    const replaced: string[] = [];
    const open = () => serialBook({ ...kept, onReplaced: ({ id }) => replaced.push(id) });
    expect(open().strangerIn(meter, { serial: 'A1' })).toBeUndefined();
    const book = open();
    expect(book.strangerIn(meter, { serial: 'a1' })).toBeUndefined();
    expect(book.strangerIn(meter, {})).toBeUndefined();
    expect(book.strangerIn(meter, { serial: ' ' })).toBeUndefined();
    expect(book.strangerIn(meter, { serial: 'B2', model: 'SDM630' })).toEqual({
      kind: 'changed-identity',
      message: expect.stringMatching(
        /127\.0\.0\.1:502 now belongs to SDM630 with serial B2, not to meter \(A1\).*Devices/,
      ) as unknown,
    });
    expect(replaced).toEqual([]);
  });

  it('is learned anew once the owner has tested and saved the device, and what was proven is void', () => {
    const replaced: string[] = [];
    const book = serialBook({ ...shelf(), onReplaced: ({ id }) => replaced.push(id) });
    book.strangerIn(meter, { serial: 'A1' });
    book.confirm('meter');
    expect(book.strangerIn(meter, { serial: 'B2' })).toBeUndefined();
    expect(replaced).toEqual(['meter']);
    expect(book.strangerIn(meter, { serial: 'A1' })?.kind).toBe('changed-identity');
  });

  it('stays the same where the device is only saved again', () => {
    const replaced: string[] = [];
    const book = serialBook({ ...shelf(), onReplaced: ({ id }) => replaced.push(id) });
    book.strangerIn(meter, { serial: 'A1' });
    book.confirm('meter');
    expect(book.strangerIn(meter, { serial: 'A1' })).toBeUndefined();
    expect(book.strangerIn(meter, { serial: 'B2' })?.kind).toBe('changed-identity');
    expect(replaced).toEqual([]);
  });

  it('is learned anew at another address', () => {
    const book = serialBook({ ...shelf(), onReplaced: () => undefined });
    book.strangerIn(meter, { serial: 'A1' });
    const moved = { ...meter, connection: { transport: 'modbus-tcp', host: '127.0.0.2', port: 502, unit: 1 } as const };
    expect(book.strangerIn(moved, { serial: 'B2' })).toBeUndefined();
  });
});

it('takes no reading of another device at the address', async () => {
  const ports = testPorts();
  let serial = 'A1';
  let watts = 100;
  const session = plantSession(
    meter,
    () => ({
      read: () => Promise.resolve({ outcome: 'ok', atMs: ports.clock.now(), reading: { serial, import: watts } }),
      close: () => Promise.resolve(),
    }),
    { ...ports, serials: serialBook({ ...shelf(), onReplaced: () => undefined }) },
  );
  const stop = new AbortController();
  const running = session.run(stop.signal);
  await ports.clock.advance(2000);
  [serial, watts] = ['B2', 7777];
  await ports.clock.advance(60_000);
  expect(session.health()).toMatchObject({ status: 'failing', fault: { kind: 'changed-identity' } });
  expect(session.latest()?.reading.import).toBe(100);
  stop.abort();
  await running;
});
