import { describe, expect, test } from 'vitest';
import { isAllowedAddress, parseAllowedAddress } from './allowed-address.ts';

describe('what names addresses', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/32', '203.0.113.7'],
    ['198.51.100.77/24', '198.51.100.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['2001:db8:5::/48', '2001:db8:5::/48'],
    [' 203.0.113.7 ', '203.0.113.7'],
  ])('%j is kept as %j', (text, kept) => {
    expect(parseAllowedAddress(text)).toEqual({ ok: true, value: kept });
  });

  test.each(['', 'loja.example', '203.0.113', '203.0.113.7/33', '2001:db8::/129', '10.0.0.0/08', '*'])(
    '%j is refused',
    (text) => {
      expect(parseAllowedAddress(text)).toEqual({ ok: false, code: 'cidr_format' });
    },
  );
});

describe('who is among them', () => {
  const allowed = ['203.0.113.7', '198.51.100.0/24', '2001:db8:5::/48'];

  test.each(['203.0.113.7', '::ffff:203.0.113.7', '198.51.100.255', '2001:db8:5:ffff::1', '2001:DB8:5::'])(
    '%s is',
    (ip) => {
      expect(isAllowedAddress(ip, allowed)).toBe(true);
    },
  );

  test.each(['203.0.113.8', '198.51.101.0', '2001:db8:6::1', '::1', '::203.0.113.7', 'unknown', '', undefined])(
    '%s is not',
    (ip) => {
      expect(isAllowedAddress(ip, allowed)).toBe(false);
    },
  );

  test('everybody is where nobody is named, even who cannot be told', () => {
    expect(isAllowedAddress(undefined, [])).toBe(true);
  });
});
