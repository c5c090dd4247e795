import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIpAddress, parseIpAddress } from './ip-address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['2001:DB8::1', '2001:db8::1'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ['::192.0.2.33', '::c000:221'],
  ['fe80::1%eth0', 'fe80::1'],
  ['10:0:0:1:1:1:1:1', '10::1:1:1:1:1'],
])('%s is %s', (text, canonical) => {
  const address = parseIpAddress(text);
  expect(address && formatIpAddress(address)).toBe(canonical);
});

test.each([
  ...[
    '',
    ' ',
    'localhost',
    'unknown',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    '1.2.3.4%eth0',
  ],
  ...[
    '0x7f.0.0.1',
    '2130706433',
    '1.2.3.4:80',
    '1..3.4',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1::',
    '1::2::3',
  ],
  ...[
    '12345::',
    '::g',
    '[::1]',
    '::1:80:',
    ':1::',
    '::1.2.3',
    '::1.2.3.4:5',
    '1.2.3.4::',
    '1:2:3:4:5:6:7:8::',
    '::%',
    '١.٢.٣.٤',
  ],
])('%j is no address', (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

test('every address reads back from its canonical text', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const written = groups.map((value) => value.toString(16)).join(':');
      const address = parseIpAddress(written);
      expect(address).toBeDefined();
      expect(address && parseIpAddress(formatIpAddress(address))).toEqual(address);
      // The URL standard writes IPv6 as RFC 5952 does.
      if (address?.version === 6) expect(`[${formatIpAddress(address)}]`).toBe(new URL(`http://[${written}]`).hostname);
    }),
  );
});

test('a million dots behind a colon are no address, and are seen to be none at once', () => {
  expect(parseIpAddress(`:${'.'.repeat(1e6)}`)).toBeUndefined();
});
