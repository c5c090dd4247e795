import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesPath, parseLogPath, tilePath } from './tile-path.ts';

test.each([
  [0, 0, 256, 'tile/0/000'],
  [0, 273, 112, 'tile/0/273.p/112'],
  [1, 999, 256, 'tile/1/999'],
  [2, 1000, 1, 'tile/2/x001/000.p/1'],
  [3, 1_234_067, 256, 'tile/3/x001/x234/067'],
  [63, 12_345_678, 255, 'tile/63/x012/x345/678.p/255'],
])('level %i, index %i, width %i lies at %4$s', (level, index, width, path) => {
  expect(tilePath({ level, index, width })).toBe(path);
  expect(parseLogPath(path)).toEqual({ kind: 'hashes', level, index, width });
});

test('entry bundles lie beside the tiles', () => {
  expect(entriesPath({ index: 1234, width: 17 })).toBe('tile/entries/x001/234.p/17');
  expect(parseLogPath('tile/entries/x001/234.p/17')).toEqual({ kind: 'entries', index: 1234, width: 17 });
});

test('every place is read back from its path', () => {
  const place = fc.record({
    level: fc.nat(63),
    index: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(
    fc.property(place, (tile) => {
      expect(parseLogPath(tilePath(tile))).toEqual({ kind: 'hashes', ...tile });
    }),
  );
});

test.each([
  'tile/64/000',
  'tile/00/000',
  'tile/-1/000',
  'tile/0/0',
  'tile/0/0000',
  'tile/0/x000/001',
  'tile/0/001/234',
  'tile/0/x001',
  'tile/0/X001/234',
  'tile/0/000.p/0',
  'tile/0/000.p/01',
  'tile/0/000.p/256',
  'tile/0/000.p/',
  'tile/0/000/',
  'tile/0/000?a',
  '/tile/0/000',
  'tile/0/../000',
  'tile/0/%30%30%30',
  'tile/0/٠٠٠',
  'tile/entries/x000/000',
  'tile/Entries/000',
  'tile/0/x999/x999/x999/x999/x999/999',
  'tile/0/000\n',
  '',
])('%j names nothing', (path) => {
  expect(parseLogPath(path)).toBeUndefined();
});
