import { expect, test } from 'vitest';
import { groupHash, shortHash } from './hash.ts';

const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('a hash is shortened to its first and last eight digits', () => {
  expect(shortHash(sha256OfNothing)).toBe('e3b0c442…7852b855');
  expect(shortHash('e3b0c44298fc1c14')).toBe('e3b0c44298fc1c14');
});

test('a hash in groups of eight is the hash again without its spaces', () => {
  expect(groupHash(sha256OfNothing)).toBe('e3b0c442 98fc1c14 9afbf4c8 996fb924 27ae41e4 649b934c a495991b 7852b855');
  expect(groupHash('')).toBe('');
});
