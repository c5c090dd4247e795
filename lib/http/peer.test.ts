import { afterAll, beforeAll, expect, test } from 'vitest';
import { program, setProgram } from '#lib/program.ts';
import { type Doors, openDoors, storeOf } from '#lib/testing/doors.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { requestFacts } from './peer.ts';
import { type RequestStore, withRequestStore } from './request-store.ts';

let portal: TestPortal;
let doors: Doors;
beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
});
afterAll(async () => {
  doors.close();
  await portal.end();
});

function factsOf(store: Partial<RequestStore>, trustedProxies: string[] = []) {
  const wired = program();
  setProgram({ ...wired, config: { ...wired.config, trustedProxies } });
  try {
    return withRequestStore({ ...storeOf(new Headers()), ...store }, requestFacts);
  } finally {
    setProgram(wired);
  }
}

const forged = { forwarded: { xForwardedFor: '8.8.8.8:53', forwarded: 'for=9.9.9.9', clientPort: '53' } };

test('without a trusted proxy the socket is the client, whatever the headers say, and what they say is kept', () => {
  expect(factsOf({ peer: '198.51.100.7', port: 40_000, ...forged })).toMatchObject({
    ip: '198.51.100.7',
    sourcePort: 40_000,
    ipTrust: 'direct',
    isPublicAddress: true,
    socketPeer: '198.51.100.7',
    rawForwarded: 'X-Forwarded-For: 8.8.8.8:53\nForwarded: for=9.9.9.9',
  });
});

test('a trusted proxy names the client, and its port by the header that the settings name', () => {
  const forwarded = { xForwardedFor: '1.1.1.1, 203.0.113.9', clientPort: '51000' };
  expect(factsOf({ peer: '10.0.0.2', port: 1, forwarded }, ['10.0.0.0/8'])).toMatchObject({
    ip: '203.0.113.9',
    sourcePort: 51_000,
    ipTrust: 'trusted_proxy',
    isPublicAddress: true,
    socketPeer: '10.0.0.2',
    socketPort: 1,
  });
});

test('a trusted proxy that names nobody makes the address untrusted, and never public', () => {
  expect(factsOf({ peer: '203.0.113.1', forwarded: {} }, ['203.0.113.0/24'])).toMatchObject({
    ipTrust: 'untrusted',
    isPublicAddress: false,
  });
});

test('loopback, and a socket without a peer, are not public', () => {
  const { peer: _, ...gone } = storeOf(new Headers());
  expect(factsOf({ peer: '::ffff:127.0.0.1' })).toMatchObject({ ip: '127.0.0.1', isPublicAddress: false });
  expect(withRequestStore(gone, requestFacts)).toMatchObject({ socketPeer: 'unknown', isPublicAddress: false });
});

test("the client's words are kept short and visible", () => {
  const headers = { userAgent: `\u0001${'a'.repeat(5_000)}`, acceptLanguage: 'pt' };
  const { userAgent, acceptLanguage } = factsOf({ headers });
  expect([userAgent?.length, userAgent?.slice(0, 3), acceptLanguage]).toEqual([1_000, '?aa', 'pt']);
});

test('what a browser says of itself unasked is kept, cut like every header', () => {
  const clientHints = { 'sec-ch-ua': `\u0001${'a'.repeat(5_000)}`, 'sec-ch-ua-mobile': '?1' };
  const kept = factsOf({ headers: { clientHints } }).clientHints;
  expect([kept?.['sec-ch-ua']?.length, kept?.['sec-ch-ua']?.slice(0, 3), kept?.['sec-ch-ua-mobile']]).toEqual([
    1_000,
    '?aa',
    '?1',
  ]);
  expect(factsOf({ headers: {} })).not.toHaveProperty('clientHints');
});
