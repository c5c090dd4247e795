import { expect, test } from 'vitest';
import { loadConfig } from '#lib/config.ts';

const key = (name = 'witness', last = 'g') => `${name}+0a1b2c3d+BHJb${'A'.repeat(39)}${last}`;

test('witnesses are none, unless they are set', () => {
  expect(witnessesOf()).toEqual([]);
  expect(witnessesOf('none')).toEqual([]);
});

test('witnesses are taken with their keys, over http or https', () => {
  const list = `https://a.example.com/w1  ${key('a.example/w1')},\n http://b.example.com ${key('b', 'h')}, `;
  expect(witnessesOf(list)).toEqual([
    { url: 'https://a.example.com/w1', verifierKey: key('a.example/w1') },
    { url: 'http://b.example.com', verifierKey: key('b', 'h') },
  ]);
});

test.each([
  [key(), 'does not begin with an address'],
  [`a.example.com ${key()}`, 'does not begin with an address'],
  [`ftp://a.example.com ${key()}`, 'does not begin with an address'],
  [`https://me:secret@a.example.com ${key()}`, 'must not hold a user name or password'],
  [`https://a.example.com?x=1 ${key()}`, 'must not have a query'],
  ['https://a.example.com', 'does not end with the key of a witness'],
  [`https://a.example.com ${key()} ${key()}`, 'does not end with the key of a witness'],
  [`https://a.example.com ${key().slice(1)}a`, 'does not end with the key of a witness'],
  [`https://a.example.com ${key().replace('BH', 'AX')}`, 'does not end with the key of a witness'],
  [`https://a.example.com ${key('a'.repeat(151))}`, 'does not end with the key of a witness'],
  [`https://a.example.com ${key('a')}, https://b.example.com ${key('b')}`, 'has a key twice'],
  [`https://a.example.com ${key('a')}, https://a.example.com ${key('b', 'h')}`, 'has an address twice'],
])('witnesses written %j are named with their fault', (list, fault) => {
  expect(problemOf(list)).toContain(`, which ${fault}`);
});

test('witnesses are eight at the most', () => {
  const list = Array.from('abcdefghi', (name) => `https://${name}.example.com ${key(name, name)}`).join();
  expect(problemOf(list)).toContain('names more than 8 witnesses');
});

function witnessesOf(list?: string) {
  const loaded = loadConfig({ ACEITE_WITNESSES: list });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config.witnesses;
}

function problemOf(list: string): string {
  const loaded = loadConfig({ ACEITE_WITNESSES: list });
  return loaded.ok ? '' : loaded.problems.join('\n');
}
