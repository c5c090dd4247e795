import { expect, test } from 'vitest';
import type { TimeStampAuthority } from '#lib/providers/time-stamps.ts';
import { stampsNeeded } from './session-proof.ts';

test.each([
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 2],
  [8, 2],
])('of %i authorities %i make a proof whole', (authorities, needed) => {
  const timeStampAuthorities = Array.from(
    { length: authorities },
    (_, at): TimeStampAuthority => ({ name: `authority-${at}`, stamp: () => Promise.reject(new Error('nobody asks')) }),
  );
  expect(stampsNeeded({ timeStampAuthorities })).toBe(needed);
});
