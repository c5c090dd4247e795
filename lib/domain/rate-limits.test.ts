import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rateLimitGuide } from './rate-limit-guide.ts';
import { addressSubject, bucketOf, limitHeaders, type RateLimitName, rateLimits, standingOf } from './rate-limits.ts';

const names = Object.keys(rateLimits) as RateLimitName[];
const buckets = fc.constantFrom(...names).chain((name) => fc.boolean().map((isSandbox) => bucketOf(name, isSandbox)));

describe.each(names)('%s', (name) => {
  test('is met by nobody who asks ten times in a row, and is back within two minutes', () => {
    const { burst, tokenMs } = bucketOf(name, false);
    expect(burst).toBeGreaterThanOrEqual(50);
    expect(burst * tokenMs).toBeLessThanOrEqual(120_000);
  });

  test('is wider in a sandbox', () => {
    expect(bucketOf(name, true).burst).toBeGreaterThan(bucketOf(name, false).burst);
  });
});

test('the headers of an empty bucket say its size, that nothing is left and when to come back', () => {
  const bucket = bucketOf('api_read', true);
  expect(limitHeaders('api_read', bucket, { isTaken: false, owedMs: 10_000 })).toEqual({
    'RateLimit-Policy': '"api_read";q=100000;w=10',
    RateLimit: '"api_read";r=0;t=10',
    'Retry-After': '1',
  });
  expect(limitHeaders('api_read', bucket, { isTaken: true, owedMs: 0 })).not.toHaveProperty('Retry-After');
});

test('the page of rate_limited says every figure of a call, and how much wider a sandbox is', () => {
  const { when } = rateLimitGuide;
  for (const figure of [
    '1,000 that read, coming back at 100',
    '500 that write, coming back at 50',
    'key, 200, coming',
    '5,000',
    '100 times',
  ])
    expect(when.en).toContain(figure);
  for (const figure of [
    '1.000 de leitura, voltando 100',
    '500 de escrita, voltando 50',
    'válida, 200, voltando',
    '5.000',
    '100 vezes',
  ])
    expect(when['pt-BR']).toContain(figure);
});

describe('what is told of a bucket', () => {
  test('is that a full one has everything left and a refused one nothing', () => {
    const bucket = bucketOf('api_read', false);
    expect(standingOf(bucket, 0)).toMatchObject({ remaining: 1_000, resetSeconds: 0 });
    expect(standingOf(bucket, 10)).toMatchObject({ remaining: 999, resetSeconds: 1 });
    expect(standingOf(bucket, 10_000)).toEqual({ remaining: 0, resetSeconds: 10, retryAfterSeconds: 1 });
  });

  test('never promises a call that the bucket does not hold', () => {
    fc.assert(
      fc.property(buckets, fc.double({ min: -1e6, max: 1e7, noNaN: true }), (bucket, owedMs) => {
        const { remaining } = standingOf(bucket, owedMs);
        expect(remaining).toBeGreaterThanOrEqual(0);
        expect(remaining).toBeLessThanOrEqual(bucket.burst);
        const heldMs = bucket.burst * bucket.tokenMs - Math.max(0, owedMs);
        expect(remaining * bucket.tokenMs).toBeLessThanOrEqual(Math.max(0, heldMs) + 1e-6);
      }),
    );
  });

  test('is that after waiting as long as it says there is one', () => {
    fc.assert(
      fc.property(buckets, fc.double({ min: 0, max: 1e7, noNaN: true }), (bucket, owedMs) => {
        const { retryAfterSeconds } = standingOf(bucket, owedMs);
        expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
        const later = Math.max(0, owedMs - retryAfterSeconds * 1_000);
        expect(later + bucket.tokenMs).toBeLessThanOrEqual(bucket.burst * bucket.tokenMs + 1e-6);
      }),
    );
  });
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
])('%s takes from the bucket of %s', (ip, subject) => {
  expect(addressSubject(ip)).toBe(subject);
});
