import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMinerJson } from '#engine/transports/cgminer-json.ts';

describe('what miners send for JSON', () => {
  it.each([
    ['plain', '{"a":[1,2],"b":{"c":"d"}}', { a: [1, 2], b: { c: 'd' } }],
    ['NUL at the end', '{"a":1}\0', { a: 1 }],
    ['comma before a closing bracket', '{"a":1,"b":[1,2,],}', { a: 1, b: [1, 2] }],
    ['comma after an opening bracket', '{"STATS":[,{"a":1}]}', { STATS: [{ a: 1 }] }],
    ['leading comma in an object', '{,"a":1}', { a: 1 }],
    ['doubled comma', '{"a":1,,"b":2}', { a: 1, b: 2 }],
    ['no comma between objects', '{"STATS":[{"a":1}{"b":2}]}', { STATS: [{ a: 1 }, { b: 2 }] }],
    ['no comma before a key', '{"fan1":10"temp0":20}', { fan1: 10, temp0: 20 }],
    ['no comma after a text', '{"a":"x""temp0":20}', { a: 'x', temp0: 20 }],
    ['bare inf and nan', '{"a":inf,"b":-nan,"c":-Infinity,"d":NaN}', { a: null, b: null, c: null, d: null }],
    ['brackets and commas inside texts', '{"a":"}{ ,] \\" x"}', { a: '}{ ,] " x' }],
    ['raw line feed inside a text', '{"a":"x\ny"}', { a: 'x\ny' }],
    ['text around it', 'OK {"a":1} trailing', { a: 1 }],
  ])('%s', (_name, text, value) => {
    expect(parseMinerJson(text)).toEqual({ ok: true, value, cut: false });
  });

  it.each([
    [
      'in a number: it may be shorter than it was',
      '{"SUMMARY":[{"Elapsed":12,"Power":35',
      { SUMMARY: [{ Elapsed: 12 }] },
    ],
    ['in a key', '{"a":1,"b', { a: 1 }],
    ['after a colon', '{"a":1,"b":', { a: 1 }],
    ['in a text', '{"a":{"x":true,"b":"hal', { a: { x: true } }],
    ['after a comma', '{"a":[1,2,', { a: [1, 2] }],
    ['between members', '{"a":{"b":1}', { a: { b: 1 } }],
  ])('cut off %s', (_name, text, value) => {
    expect(parseMinerJson(text)).toEqual({ ok: true, value, cut: true });
  });

  it.each(['', '\0', 'Socket connect failed', '<html>', '{"a":1]', '{"a":tru}'])('is none: %j', (text) => {
    expect(parseMinerJson(text)).toEqual({ ok: false });
  });

  it('leaves whole JSON as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000'));
        expect(parseMinerJson(text)).toEqual({ ok: true, value: JSON.parse(text), cut: false });
      }),
    );
  });

  it('never throws and never makes a new number of a cut one', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ power: fc.nat() })), fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const cut = parseMinerJson(text.slice(0, at % (text.length + 1)));
        if (cut.ok)
          expect(
            (cut.value as typeof value).every(({ power }, i) => power === undefined || power === value[i]?.power),
          ).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void parseMinerJson(`{${text}`)));
  });
});
