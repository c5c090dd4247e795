import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatEntryBundle, parseEntryBundle } from './entry-bundle.ts';

test('an entry stands after its length, big-endian', () => {
  expect(formatEntryBundle([Uint8Array.of(7), new Uint8Array(0), new Uint8Array(258)]).slice(0, 7)).toEqual(
    Uint8Array.of(0, 1, 7, 0, 0, 1, 2),
  );
});

test('entries are read back, from the middle of a larger buffer too', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 256 });
  fc.assert(
    fc.property(entries, fc.nat(9), (given, before) => {
      const bundle = formatEntryBundle(given);
      const buffer = new Uint8Array(before + bundle.length + 3);
      buffer.set(bundle, before);
      const reading = parseEntryBundle(buffer.subarray(before, before + bundle.length), given.length);
      expect(reading).toEqual({ ok: true, entries: given });
    }),
  );
});

test.each([
  ['an entry too few', [0, 1, 7], 2, 'wrong_entry_count'],
  ['an entry too many', [0, 1, 7, 0, 0], 1, 'wrong_entry_count'],
  ['nothing', [], 1, 'wrong_entry_count'],
  ['half a length', [0, 1, 7, 0], 2, 'cut_short'],
  ['an entry that ends early', [0, 3, 7, 7], 1, 'cut_short'],
])('refuses %s', (_name, bytes, width, code) => {
  expect(parseEntryBundle(Uint8Array.from(bytes), width)).toEqual({ ok: false, code });
});

test.each([
  ['no entry', []],
  ['257 entries', Array.from({ length: 257 }, () => new Uint8Array(1))],
  ['an entry of 65,536 bytes', [new Uint8Array(65_536)]],
])('a bundle of %s is a mistake', (_name, entries) => {
  expect(() => formatEntryBundle(entries)).toThrow(RangeError);
});
