import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from './json-scanner.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('reading JSON', () => {
  test.each<[string, string]>([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":{"b":[0,{"c":1,"c":1}]}}', '/a/b/1/c'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"a/b~":1,"a/b~":2}', '/a~1b~0'],
    ['{"":1,"":2}', '/'],
    ['[[],{"x":"},{","x":1}]', '/1/x'],
  ])('refuses the name that stands twice in %s', (text, pointer) => {
    expect(readJson(text)).toEqual({ ok: false, fault: { code: 'duplicate_name', pointer } });
  });

  test.each(['{"a":{"a":{"a":1}}}', '[{"a":1},{"a":2}]', '{"a":"a","b":"a"}', '{"a":["a","a"]}', '"a\\"a"'])(
    'sees no duplicate in %s',
    (text) => {
      expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    },
  );

  test('takes 20 levels and refuses 21', () => {
    expect(readJson(nested(20)).ok).toBe(true);
    expect(readJson(nested(21))).toMatchObject({ ok: false, fault: { code: 'too_deep' } });
  });

  test('refuses a name that JavaScript objects swallow, spelled in any way', () => {
    const fault = { code: 'refused_name', pointer: '/m/__proto__' };
    expect(readJson('{"m":{"__proto__":1}}')).toEqual({ ok: false, fault });
    expect(readJson('{"m":{"\\u005f_proto__":1}}')).toEqual({ ok: false, fault });
  });

  test.each([
    '',
    '{',
    '{"a"}',
    '{"a":1,}',
    "{'a':1}",
    '{"a":1}x',
    '"\n"',
    '"',
    '"\\',
    '[1,]',
    '{"\\x":1}',
    ']',
    '\ufeff{}',
    'NaN',
  ])('refuses %j as no JSON', (text) => {
    expect(readJson(text)).toEqual({ ok: false, fault: { code: 'not_json' } });
  });

  test('reads whatever JSON.stringify writes, unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        const read = readJson(text);
        return text.includes('__proto__') || (read.ok && JSON.stringify(read.value) === text);
      }),
    );
  });

  test('agrees with JSON.parse on every text without duplicates', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\a1 ') }), (text) => {
        const read = readJson(text);
        const isJson = parses(text);
        return isJson ? read.ok || read.fault.code === 'duplicate_name' : !read.ok;
      }),
      { numRuns: 2_000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
