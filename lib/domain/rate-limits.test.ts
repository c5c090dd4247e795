import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressSubject, bucketOf, type RateLimitName, rateLimits, standingOf } from './rate-limits.ts';

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
