import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Connection, clientAddress } from './client-address.ts';
import { type Cidr, parseCidr } from './ip-range.ts';

const trustedProxies: Cidr[] = ['10.0.0.0/8', '127.0.0.1', 'fd00::/8'].map((text) => {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
});

type Headers = { for?: string; forwarded?: string; port?: string };

function through(peer: string | undefined, headers: Headers, trusted: readonly Cidr[] = trustedProxies) {
  const connection: Connection = {
    peer,
    peerPort: peer === undefined ? undefined : 40_000,
    forwardedFor: headers.for,
    forwarded: headers.forwarded,
    portHeader: headers.port,
    trustedProxies: trusted,
  };
  return clientAddress(connection);
}

const direct = { ip: '198.51.100.9', sourcePort: 40_000, trust: 'direct', hops: 0 };
const proxyItself = { ip: '10.0.0.1', sourcePort: 40_000, trust: 'untrusted', hops: 1 };

describe('a peer that is no trusted proxy is the client, whatever it claims', () => {
  test.each<[Headers]>([
    [{}],
    [{ for: '8.8.8.8' }],
    [{ for: '8.8.8.8, 10.0.0.1' }],
    [{ for: '127.0.0.1' }],
    [{ for: '10.0.0.1' }],
    [{ for: '8.8.8.8:1234' }],
    [{ for: 'unknown' }],
    [{ for: '' }],
    [{ for: ','.repeat(1000) }],
    [{ forwarded: 'for=8.8.8.8' }],
    [{ forwarded: 'for="[2001:db8::1]:99"' }],
    [{ for: '8.8.8.8', forwarded: 'for=8.8.8.8', port: '1' }],
    [{ port: '51344' }],
  ])('%j', (headers) => {
    expect(through('198.51.100.9', headers)).toEqual(direct);
    expect(through('::ffff:198.51.100.9', headers)).toEqual(direct);
    expect(through('10.0.0.1', headers, [])).toEqual({ ...direct, ip: '10.0.0.1' });
  });
});

describe('through trusted proxies, the first hop from the right that is none is the client', () => {
  test.each<[Headers, string, number | undefined, number]>([
    [{ for: '203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: ' 203.0.113.7\t' }, '203.0.113.7', undefined, 1],
    [{ for: '8.8.8.8, 203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: '8.8.8.8,203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: 'unknown, 203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: '<script>, , 203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: '8.8.8.8, 203.0.113.7, 10.0.0.2' }, '203.0.113.7', undefined, 2],
    [{ for: '8.8.8.8, 10.9.9.9, 203.0.113.7, 10.0.0.2, fd00::2' }, '203.0.113.7', undefined, 3],
    [{ for: '203.0.113.7:51344' }, '203.0.113.7', 51_344, 1],
    [{ for: '203.0.113.7:51344', port: '7' }, '203.0.113.7', 51_344, 1],
    [{ for: '203.0.113.7', port: '51344' }, '203.0.113.7', 51_344, 1],
    [{ for: '203.0.113.7', port: ' 51344 ' }, '203.0.113.7', 51_344, 1],
    [{ for: '203.0.113.7', port: '0' }, '203.0.113.7', undefined, 1],
    [{ for: '203.0.113.7', port: '65536' }, '203.0.113.7', undefined, 1],
    [{ for: '203.0.113.7', port: '51344, 7' }, '203.0.113.7', undefined, 1],
    [{ for: '203.0.113.7', port: '-1' }, '203.0.113.7', undefined, 1],
    [{ for: '203.0.113.7:99999' }, '203.0.113.7', undefined, 1],
    [{ for: '2001:DB8::7' }, '2001:db8::7', undefined, 1],
    [{ for: '[2001:db8::7]' }, '2001:db8::7', undefined, 1],
    [{ for: '[2001:db8::7]:51344' }, '2001:db8::7', 51_344, 1],
    [{ for: '2001:db8::7:1234' }, '2001:db8::7:1234', undefined, 1],
    [{ for: '::ffff:203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: '203.0.113.7, ::ffff:10.0.0.2' }, '203.0.113.7', undefined, 2],
    [{ for: '192.168.1.5' }, '192.168.1.5', undefined, 1],
    [{ forwarded: 'for=203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ forwarded: 'For="203.0.113.7:51344";proto=https;by=10.0.0.1' }, '203.0.113.7', 51_344, 1],
    [{ forwarded: 'for=203.0.113.7:51344' }, '203.0.113.7', 51_344, 1],
    [{ forwarded: 'for=8.8.8.8, for=203.0.113.7;host="a,b;c", for=10.0.0.2' }, '203.0.113.7', undefined, 2],
    [{ forwarded: 'proto=https;for="[2001:db8::7]:51344"' }, '2001:db8::7', 51_344, 1],
    [{ forwarded: 'for="203.0.113.7:_x9"' }, '203.0.113.7', undefined, 1],
    [{ forwarded: 'for=_hidden, for=203.0.113.7' }, '203.0.113.7', undefined, 1],
    [{ for: '203.0.113.7', forwarded: 'for="203.0.113.7:51344"' }, '203.0.113.7', 51_344, 1],
  ])('%j names %s', (headers, ip, sourcePort, hops) => {
    const expected = { ip, ...(sourcePort !== undefined && { sourcePort }), trust: 'trusted_proxy', hops };
    expect(through('10.0.0.1', headers)).toEqual(expected);
    expect(through('::ffff:10.0.0.1', headers)).toEqual(expected);
  });
});

describe('a chain that breaks leaves the last address that can be vouched for, untrusted', () => {
  test.each<[Headers]>([
    [{}],
    [{ port: '51344' }],
    [{ for: '' }],
    [{ for: 'unknown' }],
    [{ for: '203.0.113.7,' }],
    [{ for: '203.0.113.7, , ' }],
    [{ for: '203.0.113.7, unknown' }],
    [{ for: '203.0.113.7, _hidden' }],
    [{ for: '203.0.113.7 10.0.0.2' }],
    [{ for: '"203.0.113.7"' }],
    [{ for: 'for=203.0.113.7' }],
    [{ for: '203.0.113.007' }],
    [{ for: '203.0.113' }],
    [{ for: '0xcb007107' }],
    [{ for: '203.0.113.7:' }],
    [{ for: '203.0.113.7:http' }],
    [{ for: '[203.0.113.7]' }],
    [{ for: '[2001:db8::7' }],
    [{ for: '2001:db8::7]' }],
    [{ for: '203.0.113.7; 10.0.0.2' }],
    [{ for: '203.0.113.7\u0000' }],
    [{ forwarded: '' }],
    [{ forwarded: 'proto=https' }],
    [{ forwarded: 'for=unknown' }],
    [{ forwarded: 'for=_hidden' }],
    [{ forwarded: 'for="203.0.113.7' }],
    [{ forwarded: 'for="8.8.8.8, for=203.0.113.7' }],
    [{ forwarded: 'for=8.8.8.8;x=", for="[2001:db8::7]:99"' }],
    [{ forwarded: 'for=8.8.8.8;x=", for="[2001:db8::7]", for="[fd00::2]"' }],
    [{ forwarded: 'for=8.8.8.8;, for=203.0.113.7' }],
    [{ forwarded: 'for=8.8.8.8;for=203.0.113.7' }],
    [{ forwarded: 'for=203.0.113.7,' }],
    [{ forwarded: '203.0.113.7' }],
    [{ for: '203.0.113.7', forwarded: 'for=8.8.8.8' }],
    [{ for: '203.0.113.7', forwarded: 'for="open' }],
    [{ for: 'unknown', forwarded: 'for=8.8.8.8' }],
  ])('%j', (headers) => {
    expect(through('10.0.0.1', headers)).toEqual(proxyItself);
  });

  test('behind a second proxy, which is then named without a port', () => {
    expect(through('10.0.0.1', { for: 'unknown, 10.0.0.2' })).toEqual({ ip: '10.0.0.2', trust: 'untrusted', hops: 2 });
    expect(through('10.0.0.1', { for: '10.0.0.3:99, 10.0.0.2', port: '7' })).toEqual({
      ip: '10.0.0.3',
      trust: 'untrusted',
      hops: 3,
    });
  });

  test('after more hops than anyone builds', () => {
    const chain = ['203.0.113.7', ...new Array<string>(40).fill('10.0.0.2')].join(', ');
    expect(through('10.0.0.1', { for: chain })).toMatchObject({ ip: '10.0.0.2', trust: 'untrusted' });
  });

  test.each([undefined, '', '@', '/run/portal.sock'])('a peer %j is nobody', (peer) => {
    expect(through(peer, { for: '203.0.113.7' })).toEqual({ trust: 'untrusted', hops: 0 });
  });
});

const anyHeader = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc
    .array(fc.constantFrom('8.8.8.8', '10.0.0.2', 'for=8.8.8.8', ';', '"', ' ', '[', ']', ':', 'unknown', '\\'), {
      maxLength: 12,
    })
    .map((pieces) => pieces.join(',')),
);

test('whatever a client sends before what a proxy appends, the proxy is believed or nobody is', () => {
  fc.assert(
    fc.property(anyHeader, anyHeader, (sentFor, sentForwarded) => {
      expect(through('10.0.0.1', { for: `${sentFor}, 203.0.113.7` }).ip).toBe('203.0.113.7');
      const viaForwarded = through('10.0.0.1', { forwarded: `${sentForwarded}, for=203.0.113.7` });
      expect(['203.0.113.7', '10.0.0.1']).toContain(viaForwarded.ip);
      const withBoth = through('10.0.0.1', { for: `${sentFor}, 203.0.113.7`, forwarded: sentForwarded });
      expect(['203.0.113.7', '10.0.0.1']).toContain(withBoth.ip);
    }),
    { numRuns: 2000 },
  );
});

// A million characters: reading them twice over for each one would take minutes, and one reading takes milliseconds.
test.each<[string, Headers]>([
  ['colons in an open bracket', { for: `[${':'.repeat(1e6)}, 198.51.100.9` }],
  ['blanks inside an item', { for: `a${' '.repeat(1e6)}b, 198.51.100.9` }],
  ['blanks at the end of an item', { for: `a${' '.repeat(1e6)}, 198.51.100.9` }],
  ['colons in a quoted bracket', { forwarded: `for="[${':'.repeat(1e6)}", for=198.51.100.9` }],
])('a header that is made to be slow is read once: %s', (_what, headers) => {
  expect(through('10.0.0.1', headers)).toMatchObject({ ip: '198.51.100.9', trust: 'trusted_proxy' });
});
