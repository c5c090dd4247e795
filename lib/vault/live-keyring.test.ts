import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeNewKeyFile } from './key-file.ts';
import {
  addWrappingKey,
  chooseWrappingKey,
  removeWrappingKey,
  replaceSealKey,
  replaceSigningKey,
} from './key-file-changes.ts';
import type { Keyring } from './keyring.ts';
import { openKeyring } from './live-keyring.ts';

const place = { workspaceId: 'workspace-1', sessionId: 'session-1' };
const at = new Date('2026-11-21T10:00:00.000Z');

let folder: string;
let path: string;
let nowMs: number;
let faults: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aceite-live-keys-'));
  path = join(folder, 'keys.json');
  writeNewKeyFile(path);
  nowMs = 0;
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const opened = () => openKeyring(path, { clock: () => nowMs, onFault: ({ message }) => faults.push(message) });
const currentOf = (keyring: Keyring) => keyring.newSessionVault(place).wrapped.wrappingKeyId;

async function rotate(id = 'k2'): Promise<void> {
  await addWrappingKey(path, id);
  await chooseWrappingKey(path, id, at);
}

describe('two processes on one key file', () => {
  test('read all that the other writes, before and after either has noticed the new key', async () => {
    const [web, worker] = [opened(), opened()];
    const older = web.newSessionVault(place);
    const sealed = older.vault.sealJson('details', { name: 'Maria' });
    await rotate();
    // The web process has looked at the file since, the worker has not.
    nowMs = 1_000;
    const newer = web.newSessionVault(place);
    nowMs = 0;
    expect(newer.wrapped.wrappingKeyId).toBe('k2');
    const words = newer.vault.sealJson('details', { name: 'Ana' });
    expect(worker.sessionVault(place, newer.wrapped).openJson('details', words)).toEqual({ name: 'Ana' });
    expect(worker.sessionVault(place, older.wrapped).openJson('details', sealed)).toEqual({ name: 'Maria' });
    expect(currentOf(worker)).toBe('k2');
  });

  test('open answers and searches that were sealed under a key they do not know yet', async () => {
    const worker = opened();
    await rotate();
    const web = opened();
    const answer = web.sealAnswer('workspace-1', 'key', Buffer.from('answer'));
    expect(worker.openAnswer('workspace-1', 'key', answer).toString()).toBe('answer');
    await rotate('k3');
    const search = opened().sealSearch('workspace-1', 'maria');
    expect(worker.openSearch('workspace-1', search)).toBe('maria');
    expect(worker.openSearch('workspace-2', search)).toBeUndefined();
    expect(() => worker.openAnswer('workspace-2', 'key', answer)).toThrow();
  });

  test('believe what the other signs, before and after either has noticed the new key, unless the old one has leaked', async () => {
    const [web, worker] = [opened(), opened()];
    const older = web.sign('offer', { s: 1 });
    await replaceSigningKey(path, { purpose: 'offerKey', at, hasLeaked: false });
    const newer = opened().sign('offer', { s: 2 });
    expect(newer.split('.')[1]).not.toBe(older.split('.')[1]);
    expect(worker.verify('offer', newer)).toEqual({ s: 2 });
    for (const keys of [web, worker, opened()]) expect(keys.verify('offer', older)).toEqual({ s: 1 });
    expect(worker.sign('offer', { s: 2 })).toBe(newer);
    expect(worker.verify('cookie', newer)).toBeUndefined();

    await replaceSigningKey(path, { purpose: 'offerKey', at, hasLeaked: true });
    nowMs = 1_000;
    for (const keys of [web, worker, opened()])
      for (const token of [older, newer]) expect(keys.verify('offer', token)).toBeUndefined();
  });

  test('seal with the new seal, and remember the public keys of those before it', async () => {
    const keys = opened();
    const message = Buffer.from('manifest');
    const older = keys.installationSeal();
    await replaceSealKey(path, at);
    nowMs = 1_000;
    const newer = keys.installationSeal();
    expect(newer.publicKey.equals(older.publicKey)).toBe(false);
    expect(newer.sign(message).equals(older.sign(message))).toBe(false);
    expect(keys.sealPublicKeys()).toEqual([newer.publicKey, older.publicKey]);
    expect(opened().installationSeal().sign(message)).toEqual(newer.sign(message));
    expect(readFileSync(path, 'utf8')).toContain(older.publicKey.toString('base64'));
    expect(faults).toEqual([]);
  });

  test('keep the same links, cookies and blind indexes', async () => {
    const keys = opened();
    const made = [keys.linkToken('s', 1), keys.sign('cookie', { s: 1 }), keys.blindIndex('w', 'email', 'a@b.example')];
    await rotate();
    nowMs = 1_000;
    expect(currentOf(keys)).toBe('k2');
    expect([
      keys.linkToken('s', 1),
      keys.sign('cookie', { s: 1 }),
      keys.blindIndex('w', 'email', 'a@b.example'),
    ]).toEqual(made);
  });
});

test('a changed file is noticed after a second without a question, and looked at no more often', async () => {
  const keys = opened();
  await rotate();
  nowMs = 999;
  expect(currentOf(keys)).toBe('k1');
  nowMs = 1_000;
  expect(currentOf(keys)).toBe('k2');
  expect(keys.wrappingKeyIds()).toEqual({ current: 'k2', all: ['k1', 'k2'] });
});

test('a session that was wrapped anew opens to what it held, and its old wrapping too while that key is kept', async () => {
  const keys = opened();
  const { vault, wrapped } = keys.newSessionVault(place);
  const sealed = vault.sealJson('details', { name: 'Maria' });
  await rotate();
  nowMs = 1_000;
  const again = keys.rewrap(place, wrapped);
  expect(again.wrappingKeyId).toBe('k2');
  expect(keys.sessionVault(place, again).openJson('details', sealed)).toEqual({ name: 'Maria' });
  expect(keys.sessionVault(place, wrapped).openJson('details', sealed)).toEqual({ name: 'Maria' });
  expect(() => keys.rewrap({ ...place, sessionId: 'session-2' }, wrapped)).toThrow();
  await removeWrappingKey(path, { id: 'k1', at: new Date(at.getTime() + 10 ** 9), retire: async () => 0 });
  nowMs = 2_000;
  expect(keys.sessionVault(place, again).openJson('details', sealed)).toEqual({ name: 'Maria' });
  expect(() => keys.sessionVault(place, wrapped)).toThrow(/no wrapping key "k1"/);
});

describe('a file that cannot be used leaves the keys in use that are, and is told of once', () => {
  test.each([
    ['gone', () => rmSync(path), /cannot be read: ENOENT/],
    ['half written', () => writeFileSync(path, '{"version":1,'), /cannot be read/],
    ["another installation's", replaceByAnother, /beneath the portal: other keys in linkKey, .*wrappingKeys\.k1/],
    [
      'with another key under a known id',
      () => edit((file) => Object.assign(file.wrappingKeys, { k1: file.linkKey })),
      /in wrappingKeys\.k1\. They/,
    ],
    [
      'with another index key',
      () => edit((file) => Object.assign(file, { indexKey: file.linkKey })),
      /in indexKey\. They/,
    ],
    [
      'with another seal and no word of the one before',
      () => edit((file) => Object.assign(file, { sealKey: file.linkKey })),
      /in sealKey\. They/,
    ],
    [
      'without a seal',
      () => edit((file) => Object.assign(file, { sealKey: undefined })),
      /of an earlier version and has no sealKey.*aceite -- keys complete/,
    ],
  ])('%s', (_, change, sentence) => {
    const keys = opened();
    const good = readFileSync(path);
    const { vault, wrapped } = keys.newSessionVault(place);
    const sealed = vault.sealJson('details', 'x');
    change();
    for (nowMs = 1_000; nowMs < 20_000; nowMs += 1_000) expect(currentOf(keys)).toBe('k1');
    expect(keys.sessionVault(place, wrapped).openJson('details', sealed)).toBe('x');
    expect(() => keys.sessionVault(place, { ...wrapped, wrappingKeyId: 'k9' })).toThrow(/no wrapping key "k9"/);
    expect(faults).toEqual([expect.stringMatching(sentence)]);
    expect(faults.join()).not.toContain(JSON.parse(good.toString()).linkKey);
    writeFileSync(path, good);
    nowMs += 1_000;
    expect(currentOf(keys)).toBe('k1');
    expect(faults.length).toBe(1);
  });

  function replaceByAnother(): void {
    writeNewKeyFile(join(folder, 'other.json'));
    copyFileSync(join(folder, 'other.json'), path);
  }

  function edit(change: (file: { wrappingKeys: Record<string, string>; linkKey: string }) => void): void {
    const file = JSON.parse(readFileSync(path, 'utf8'));
    change(file);
    writeFileSync(path, JSON.stringify(file));
  }
});

test('at the start a file that cannot be used is refused', () => {
  rmSync(path);
  expect(opened).toThrow(/ENOENT/);
});
