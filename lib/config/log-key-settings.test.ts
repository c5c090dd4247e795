import { expect, test } from 'vitest';
import { type Environment, loadConfig } from '#lib/config.ts';

const key = (name = 'assinar.example.com/log') => `${name}+0a1b2c3d+AXJb${'A'.repeat(40)}`;

test('the public keys of the log are those that the signer publishes in the data folder, unless they are set', () => {
  const place = { ACEITE_DATA_DIR: '/srv/aceite', ACEITE_LOG_KEY_FILE: '/srv/elsewhere/key' };
  expect(logKeysOf(place)).toEqual({ named: [], file: '/srv/aceite/log.key.pub' });
  const list = `${key()},\n ${key('former/log')}, `;
  expect(logKeysOf({ ...place, ACEITE_LOG_PUBLIC_KEYS: list })).toEqual({ named: [key(), key('former/log')] });
});

test('in production they are those that are set, and it starts without any', () => {
  expect(logKeysOf(production)).toEqual({ named: [] });
  expect(logKeysOf({ ...production, ACEITE_LOG_PUBLIC_KEYS: key() })).toEqual({ named: [key()] });
});

const noKey = "which is not the public key of a log's signer";

test.each([
  ['assinar.example.com', noKey],
  [key().slice(0, -1), noKey],
  [key().replace('AX', 'BH'), noKey],
  [key('a'.repeat(151)), noKey],
  [`${key()} ${key('b')}`, noKey],
  [`${key()}, ${key()}`, 'which is there twice'],
  [',', 'names no key'],
  [Array.from({ length: 101 }, (_, n) => key(`log-${n}`)).join(), 'names more than 100 keys'],
])('public keys written %.40j are named with their fault', (list, fault) => {
  const loaded = loadConfig({ ACEITE_LOG_PUBLIC_KEYS: list });
  const problems = loaded.ok ? [] : loaded.problems;
  expect(problems).toEqual([expect.stringMatching(/^ACEITE_LOG_PUBLIC_KEYS .*log-signer --new-key prints them\.$/)]);
  expect(problems[0]).toContain(fault);
});

const production = {
  ACEITE_MODE: 'production',
  PORTAL_URL: 'https://assinar.example.com',
  DATABASE_URL: 'postgres://login:secret@db.example.com/aceite',
  ACEITE_KEYS_FILE: import.meta.filename,
  TRUSTED_PROXIES: 'none',
  QITECH_BASE_URL: 'https://lender.example.com',
  QITECH_API_CLIENT_KEY: 'an-integration-key',
  QITECH_PRIVATE_KEY_FILE: import.meta.filename,
};

function logKeysOf(env: Environment) {
  const loaded = loadConfig(env);
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config.logKeys;
}
