import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NameServer, startNameServer } from '#lib/testing/name-server.ts';
import { findTarget, resolveBy, systemResolve } from './resolve.ts';

let names: NameServer;
beforeAll(async () => {
  names = await startNameServer({
    'loja.example': [['203.0.113.7', '203.0.113.8']],
    'inside.example': [['93.184.216.34', '10.0.0.7']],
  });
});
afterAll(() => names.stop());

const resolve = (name: string) => resolveBy([names.address])(name);

test('all addresses of a name come from the name server, asked for both families', async () => {
  expect((await resolve('loja.example')).toSorted()).toEqual(['203.0.113.7', '203.0.113.8']);
  expect(names.asked).toEqual(['loja.example', 'loja.example']);
});

test('a name that is nowhere has no address, and leads to no target', async () => {
  expect(await resolve('nowhere.example')).toEqual([]);
  const nowhere = findTarget(new URL('https://nowhere.example/'), resolve, false);
  expect(await nowhere).toEqual({ ok: false, reason: 'dns_failed' });
});

test('a name with one address inside a network of ours is refused', async () => {
  const inside = findTarget(new URL('https://inside.example/'), resolve, false);
  expect(await inside).toEqual({ ok: false, reason: 'address_not_allowed' });
});

test('this machine is known without a name server', async () => {
  const before = names.asked.length;
  for (const own of [resolve, systemResolve]) {
    const addresses = await own('localhost');
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(address).toMatch(/^(?:127\.|::1$)/);
  }
  expect(names.asked.length).toBe(before);
});
