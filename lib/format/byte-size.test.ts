import { expect, test } from 'vitest';
import { formatByteSize } from './byte-size.ts';

test.each([
  [0, '0 bytes', '0 bytes'],
  [1, '1 byte', '1 byte'],
  [999, '999 bytes', '999 bytes'],
  [1000, '1,0 kB', '1.0 kB'],
  [30_214, '30,2 kB', '30.2 kB'],
  [999_949, '999,9 kB', '999.9 kB'],
  [999_950, '1,0 MB', '1.0 MB'],
  [1_048_576, '1,0 MB', '1.0 MB'],
  [2_500_000_000, '2,5 GB', '2.5 GB'],
])('%i bytes are %s', (bytes, portuguese, english) => {
  expect(formatByteSize(bytes, 'pt-BR').replace('\u00a0', ' ')).toBe(portuguese);
  expect(formatByteSize(bytes, 'en')).toBe(english.replace(' ', '\u00a0'));
});

test('Spanish counts as Portuguese does; Swedish has one word for one byte and for many', () => {
  expect([1, 999, 30_214].map((bytes) => formatByteSize(bytes, 'es'))).toEqual([
    '1\u00a0byte',
    '999\u00a0bytes',
    '30,2\u00a0kB',
  ]);
  expect([1, 999, 30_214].map((bytes) => formatByteSize(bytes, 'sv'))).toEqual([
    '1\u00a0byte',
    '999\u00a0byte',
    '30,2\u00a0kB',
  ]);
});
