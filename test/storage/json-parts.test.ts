import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonParts } from '#engine/storage/json-parts.ts';

/** What the parts put together give. */
function together(text: string): unknown {
  const whole: Record<string, unknown> = {};
  for (const { key, is, text: json } of jsonParts(text)) {
    if (is === 'list') whole[key] = [];
    else if (is === 'element') (whole[key] as unknown[]).push(JSON.parse(json));
    else whole[key] = JSON.parse(json);
  }
  return whole;
}

const key = fc.string().filter((name) => name !== '__proto__');
const indent = fc.constantFrom(undefined, 1, '\t', '\r\n ');

describe('jsonParts', () => {
  it('gives what JSON.parse gives, however it is written', () => {
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), indent, (object, space) => {
        const text = JSON.stringify(object, undefined, space);
        expect(together(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes nothing that JSON.parse does not', () => {
    const good = JSON.stringify({ format: 'x', n: -1.5e3, slots: [{ a: 'q"\\' }, [1, { b: [] }], null], end: true });
    const change = fc.tuple(
      fc.nat({ max: good.length - 1 }),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', 'x'),
    );
    fc.assert(
      fc.property(change, ([at, sign]) => {
        const text = good.slice(0, at) + sign + good.slice(at + 1);
        const by = (read: (json: string) => unknown) => {
          try {
            return JSON.stringify(read(text));
          } catch (error) {
            return error instanceof SyntaxError ? 'refused' : String(error);
          }
        };
        expect(by(together)).toBe(by(JSON.parse));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', '[]', '{', '{"a":1', '{"a":1}x', '{"a":1,}', '{"a":[1,]}', '{"a":[1', '{a:1}', '{"a" 1}', '{"a":}'])(
    'refuses %j',
    (text) => expect(() => together(text)).toThrow(SyntaxError),
  );
});
