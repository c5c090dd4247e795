import { expect, test } from 'vitest';
import { isHostFailure } from './circuit-breaker.ts';

test.each([
  [undefined, true],
  [200, false],
  [302, false],
  [400, false],
  [401, false],
  [404, false],
  [408, true],
  [425, true],
  [429, true],
  [499, false],
  [500, true],
  [503, true],
])('an answer of %s speaks against the host: %s', (status, isFailure) => {
  expect(isHostFailure(status)).toBe(isFailure);
});
