import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('the canonical form of RFC 8785', () => {
  test("is the standard's own example, but for numbers that we never write", () => {
    const value = { string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] };
    expect(canonicalJson(value)).toBe('{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  });

  test('sorts names by UTF-16 units, as the standard does it', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const value = Object.fromEntries(names.map((name) => [name, 0]));
    expect(Object.keys(JSON.parse(canonicalJson(value))).filter((name) => name !== '1')).toEqual(
      sorted.filter((name) => name !== '1'),
    );
    expect(canonicalJson({ b: 0, '\r': 0, a: 0 })).toBe('{"\\r":0,"a":0,"b":0}');
  });

  test('leaves out what is not there, at any depth', () => {
    expect(canonicalJson({ b: undefined, a: { c: undefined, d: [{ e: undefined }] } })).toBe('{"a":{"d":[{}]}}');
  });
});
