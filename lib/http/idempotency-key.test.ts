import { describe, expect, test } from 'vitest';
import { fingerprintOf, readIdempotencyKey } from './idempotency-key.ts';

const read = (headers: Record<string, string>) => readIdempotencyKey(new Headers(headers));
const invalid = { ok: false, code: 'idempotency_key_invalid' };

describe('the idempotency key', () => {
  test('is absent without a header', () => {
    expect(read({})).toEqual({ ok: true });
  });

  test.each<[Record<string, string>, string]>([
    [{ 'X-Idempotency-Key': 'abc' }, 'abc'],
    [{ 'Idempotency-Key': 'abc' }, 'abc'],
    [{ 'Idempotency-Key': '"abc"' }, 'abc'],
    [{ 'X-Idempotency-Key': 'abc', 'Idempotency-Key': '"abc"' }, 'abc'],
    [{ 'Idempotency-Key': '"a\\"b\\\\c"' }, 'a"b\\c'],
    [{ 'X-Idempotency-Key': 'a"b' }, 'a"b'],
    [{ 'X-Idempotency-Key': '~'.repeat(256) }, '~'.repeat(256)],
  ])('of %j is %s', (headers, key) => {
    expect(read(headers)).toEqual({ ok: true, key });
  });

  test.each<Record<string, string>>([
    { 'X-Idempotency-Key': '' },
    { 'Idempotency-Key': '""' },
    { 'X-Idempotency-Key': 'a b' },
    { 'X-Idempotency-Key': 'a\tb' },
    { 'X-Idempotency-Key': 'é' },
    { 'X-Idempotency-Key': '~'.repeat(257) },
    { 'Idempotency-Key': '"abc' },
    { 'Idempotency-Key': '"a\\b"' },
    { 'Idempotency-Key': '"abc";x=1' },
    { 'X-Idempotency-Key': 'a', 'Idempotency-Key': 'b' },
    { 'X-Idempotency-Key': '', 'Idempotency-Key': 'b' },
  ])('of %j is refused', (headers) => {
    expect(read(headers)).toEqual(invalid);
  });

  test('given twice in one header is refused', () => {
    const headers = new Headers();
    headers.append('X-Idempotency-Key', 'a');
    headers.append('X-Idempotency-Key', 'a');
    expect(readIdempotencyKey(headers)).toEqual(invalid);
  });
});

describe('the fingerprint', () => {
  const request = {
    method: 'POST',
    path: '/api/v1/signing',
    query: new URLSearchParams(),
    body: { a: 1, b: [true, 'x'] },
  };
  const print = (changes: Partial<typeof request>) =>
    Buffer.from(fingerprintOf({ ...request, ...changes })).toString('hex');

  test('is the same for the same request with its names in another order', () => {
    expect(print({ body: { b: [true, 'x'], a: 1 } })).toBe(print({}));
    expect(print({ query: new URLSearchParams('b=1&a=2') })).toBe(print({ query: new URLSearchParams('a=2&b=1') }));
  });

  test('differs by method, address, query, and any value of the body', () => {
    const others = [
      print({ method: 'DELETE' }),
      print({ path: '/api/v1/signing/x' }),
      print({ query: new URLSearchParams('a=1') }),
      print({ body: { a: 1, b: ['x', true] } }),
      print({ body: { a: '1', b: [true, 'x'] } } as never),
      print({ body: undefined } as never),
      print({}),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});
