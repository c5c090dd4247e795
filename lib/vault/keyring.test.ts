import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type KeyFile, readKeyFile, writeNewKeyFile } from './key-file.ts';
import { createKeyring, sha256 } from './keyring.ts';

function newKeyFile(): KeyFile {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-keyring-'));
  const path = join(folder, 'keys.json');
  writeNewKeyFile(path);
  const file = readKeyFile(path);
  rmSync(folder, { recursive: true });
  return file;
}

const keys = createKeyring(newKeyFile());
const others = createKeyring(newKeyFile());
const place = { workspaceId: 'workspace-1', sessionId: 'session-1' };
const purposes = ['cookie', 'offer', 'documentLink'] as const;
const claims = { s: 'session-1', at: 1_700_000_000_000 };

describe('the vault of a session', () => {
  const { vault, wrapped } = keys.newSessionVault(place);
  const sealed = vault.sealJson('details', { name: 'Maria' });

  test('opens again from its wrapped key', () => {
    expect(keys.sessionVault(place, wrapped).openJson('details', sealed)).toEqual({ name: 'Maria' });
  });

  test('opens for no other session, workspace, installation or wrapping key', () => {
    expect(() => keys.sessionVault({ ...place, sessionId: 'session-2' }, wrapped)).toThrow();
    expect(() => keys.sessionVault({ ...place, workspaceId: 'workspace-2' }, wrapped)).toThrow();
    expect(() => others.sessionVault(place, wrapped)).toThrow();
    expect(() => keys.sessionVault(place, { ...wrapped, wrappingKeyId: 'k9' })).toThrow(/no wrapping key "k9"/);
  });

  test('a value moved to another column does not open, nor one of another session', () => {
    expect(() => vault.open('draft', sealed)).toThrow();
    expect(() => keys.newSessionVault(place).vault.open('details', sealed)).toThrow();
  });

  test('two sessions never share a data key', () => {
    const second = keys.newSessionVault(place);
    expect(second.wrapped.wrappedKey.equals(wrapped.wrappedKey)).toBe(false);
    expect(() => keys.sessionVault(place, second.wrapped).open('details', sealed)).toThrow();
  });
});

describe('words that staff search by', () => {
  const token = keys.sealSearch('workspace-1', '111.444.777-35 ção');

  test('come back in their workspace only, and stand in an address as they are', () => {
    expect(keys.openSearch('workspace-1', token)).toBe('111.444.777-35 ção');
    expect(token).toMatch(/^[\w-]+$/);
    expect(keys.openSearch('workspace-2', token)).toBeUndefined();
    expect(others.openSearch('workspace-1', token)).toBeUndefined();
  });

  test('never look the same twice, so that an address tells no one who was looked for', () => {
    expect(keys.sealSearch('workspace-1', '111.444.777-35 ção')).not.toBe(token);
  });

  test.each(['', 'x', '%00', 'ÿ', token.slice(1), 'A'.repeat(10_000)])('%j is nothing', (given) => {
    expect(keys.openSearch('workspace-1', given)).toBeUndefined();
  });
});

describe('an idempotency answer', () => {
  const sealed = keys.sealAnswer('workspace-1', 'key-1', Buffer.from('answer'));

  test('opens for its key in its workspace only', () => {
    expect(keys.openAnswer('workspace-1', 'key-1', sealed).toString()).toBe('answer');
    expect(() => keys.openAnswer('workspace-2', 'key-1', sealed)).toThrow();
    expect(() => keys.openAnswer('workspace-1', 'key-2', sealed)).toThrow();
    expect(() => others.openAnswer('workspace-1', 'key-1', sealed)).toThrow();
  });

  test('opens after another wrapping key has become the current one, for as long as the old one is kept', () => {
    const [before, after, later] = [newKeyFile(), newKeyFile(), newKeyFile()];
    const [k1, k2] = [before, after].map((file) => file.wrappingKeys.get('k1'));
    if (!k1 || !k2) throw new Error('a new key file calls its wrapping key k1');
    const kept = createKeyring(before).sealAnswer('workspace-1', 'key-1', Buffer.from('answer'));
    const rotated = {
      ...before,
      currentWrappingKeyId: 'k2',
      wrappingKeys: new Map([
        ['k1', k1],
        ['k2', k2],
      ]),
    };
    expect(createKeyring(rotated).openAnswer('workspace-1', 'key-1', kept).toString()).toBe('answer');
    const written = createKeyring(rotated).sealAnswer('workspace-1', 'key-1', Buffer.from('answer'));
    expect(createKeyring(rotated).openAnswer('workspace-1', 'key-1', written).toString()).toBe('answer');
    expect(() => createKeyring(later).openAnswer('workspace-1', 'key-1', kept)).toThrow();
  });
});

test('an exchange with the API opens for its request in its workspace only, and not as an answer', () => {
  const sealed = keys.sealExchange('workspace-1', 'req_1', Buffer.from('exchange'));
  expect(keys.openExchange('workspace-1', 'req_1', sealed).toString()).toBe('exchange');
  expect(() => keys.openExchange('workspace-2', 'req_1', sealed)).toThrow();
  expect(() => keys.openExchange('workspace-1', 'req_2', sealed)).toThrow();
  expect(() => keys.openAnswer('workspace-1', 'req_1', sealed)).toThrow();
  expect(() => others.openExchange('workspace-1', 'req_1', sealed)).toThrow();
});

describe('the blind index', () => {
  const digest = keys.blindIndex('workspace-1', 'identity', '52998224725');

  test('finds the same value in the same workspace', () => {
    expect(keys.blindIndex('workspace-1', 'identity', '52998224725').equals(digest)).toBe(true);
  });

  test('tells nobody that two workspaces know the same person', () => {
    expect(keys.blindIndex('workspace-2', 'identity', '52998224725').equals(digest)).toBe(false);
  });

  test('cannot be computed without the key', () => {
    expect(others.blindIndex('workspace-1', 'identity', '52998224725').equals(digest)).toBe(false);
    expect(sha256('workspace-1|identity|52998224725').equals(digest)).toBe(false);
  });
});

describe('the mark of a request', () => {
  const fingerprint = sha256('POST with a body');
  const mark = keys.requestMark('workspace-1', fingerprint);

  test('is 32 bytes, the same for the same request of a workspace, and another for everything else', () => {
    expect(mark.length).toBe(32);
    expect(keys.requestMark('workspace-1', fingerprint).equals(mark)).toBe(true);
    const near = [
      fingerprint,
      keys.requestMark('workspace-2', fingerprint),
      keys.requestMark('workspace-1', sha256('POST with another body')),
      others.requestMark('workspace-1', fingerprint),
      keys.blindIndex('workspace-1', 'identity', fingerprint.toString('hex')),
    ];
    expect(near.filter((other) => other.equals(mark))).toEqual([]);
  });
});

test('a log that prints the keyring prints no key', () => {
  const file = newKeyFile();
  const keyring = createKeyring(file);
  const printed = [
    inspect({ keyring, file }, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify({ keyring, file }),
  ];
  const secrets = [file.linkKey, file.indexKey, file.sealKey, file.staffSessionSecret, ...file.wrappingKeys.values()];
  for (const secret of secrets)
    for (const form of ['base64', 'base64url', 'hex', 'latin1'] as const)
      for (const text of printed) expect(text).not.toContain(secret.export().toString(form));
  expect(keyring.staffSessionSecret()).toBe(file.staffSessionSecret.export().toString('base64'));
});

describe('a link token', () => {
  test('is the same whenever it is asked for, and another for every session, issue and installation', () => {
    const token = keys.linkToken('session-1', 1);
    expect(keys.linkToken('session-1', 1)).toBe(token);
    const near = [keys.linkToken('session-1', 2), keys.linkToken('session-2', 1), others.linkToken('session-1', 1)];
    expect(new Set([token, ...near]).size).toBe(4);
  });

  test('carries 256 bits and nothing of the session', () => {
    const tokens = Array.from({ length: 2_000 }, (_, issue) => keys.linkToken('session-1', issue));
    expect(new Set(tokens).size).toBe(2_000);
    expect(tokens.filter((token) => !/^[A-Za-z0-9_-]{43}$/.test(token))).toEqual([]);
  });
});

describe.each(purposes)('a token for %s', (purpose) => {
  const token = keys.sign(purpose, claims);

  test('gives its claims back', () => {
    expect(keys.verify(purpose, token)).toEqual(claims);
  });

  test('is refused for every other purpose, and by every other installation', () => {
    for (const other of purposes.filter((name) => name !== purpose)) expect(keys.verify(other, token)).toBeUndefined();
    expect(others.verify(purpose, token)).toBeUndefined();
  });

  test('is refused with any one character changed, left out or added', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= ';
    const accepted: string[] = [];
    for (let index = 0; index <= token.length; index += 1) {
      const [before, after] = [token.slice(0, index), token.slice(index)];
      const altered = [...characters].flatMap((character) => [
        `${before}${character}${after}`,
        `${before}${character}${after.slice(1)}`,
      ]);
      for (const given of [...altered, `${before}${after.slice(1)}`]) {
        if (given !== token && keys.verify(purpose, given)) accepted.push(given);
      }
    }
    expect(accepted.slice(0, 5)).toEqual([]);
  });

  test.each(['', '.', 'x', `.${'A'.repeat(43)}`, 'e30.', `e30.${'A'.repeat(43)}`, 'A'.repeat(5_000)])(
    'is not %j',
    (given) => {
      expect(keys.verify(purpose, given)).toBeUndefined();
    },
  );
});
