import { describe, expect, test } from 'vitest';
import { parseIpAddress } from './ip-address.ts';
import { isInRange, isPublicAddress, parseCidr } from './ip-range.ts';

function contains(range: string, ip: string): boolean {
  const cidr = parseCidr(range);
  const address = parseIpAddress(ip);
  if (!cidr.ok || address === undefined) throw new Error(`${range} or ${ip} could not be read`);
  return isInRange(address, cidr.value);
}

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.1.2.3/8', '10.9.9.9', true],
  ['10.0.0.1', '10.0.0.1', true],
  ['10.0.0.1', '10.0.0.2', false],
  ['10.0.0.0/8', '::ffff:10.0.0.1', true],
  ['::ffff:10.0.0.0/104', '10.1.1.1', true],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', '2001:db8::1', true],
  ['::/0', '8.8.8.8', false],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['::1', '::1', true],
  ['172.16.0.0/12', '172.31.255.255', true],
  ['172.16.0.0/12', '172.32.0.0', false],
  ['192.168.1.128/25', '192.168.1.127', false],
])('%s contains %s: %s', (range, ip, expected) => {
  expect(contains(range, ip)).toBe(expected);
});

test.each([
  '',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/',
  '10.0.0.0/08',
  '10.0.0/8',
  '::/129',
  '::ffff:10.0.0.0/8',
  'lan',
  '10.0.0.0/8/8',
  ' 10.0.0.0/8',
])('%j is no range', (text) => {
  expect(parseCidr(text)).toEqual({ ok: false, code: 'cidr_format' });
});

describe('public', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.0.1',
    '223.255.255.255',
    '2804:14c::1',
    '2a00:1450::1',
    '::ffff:8.8.8.8',
    '203.0.113.7',
    '198.51.100.1',
    '192.0.2.1',
    '2001:db8::1',
    '3fff::1',
  ])('%s', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });
});

describe('not public', () => {
  test.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '100.127.255.255',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
    ],
    ...[
      '172.31.255.255',
      '192.0.0.1',
      '192.88.99.1',
      '192.168.1.1',
      '198.18.0.1',
      '224.0.0.1',
      '239.1.1.1',
      '240.0.0.1',
    ],
    ...[
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12::1',
    ],
    ...[
      'ff02::1',
      '64:ff9b::8.8.8.8',
      '100::1',
      '2001::1',
      '2002:808:808::1',
      '4000::1',
      '::8.8.8.8',
      '',
      'unknown',
      'localhost',
    ],
  ])('%j', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });
});
