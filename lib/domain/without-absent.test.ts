import { expect, test } from 'vitest';
import { withoutAbsent } from './without-absent.ts';

test('what is missing is left out, and what is only empty stays', () => {
  expect(withoutAbsent({ none: undefined, nothing: null, no: false, zero: 0, empty: '' })).toEqual({
    no: false,
    zero: 0,
    empty: '',
  });
  expect(Object.keys(withoutAbsent({ none: undefined, nothing: null }))).toEqual([]);
});
