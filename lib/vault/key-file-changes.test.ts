import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readKeyFile, writeNewKeyFile } from './key-file.ts';
import {
  addWrappingKey,
  chooseWrappingKey,
  newWrappingKeyId,
  removeWrappingKey,
  replaceSigningKey,
} from './key-file-changes.ts';

const at = new Date('2026-11-21T10:00:00.000Z');
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aceite-key-changes-'));
  path = join(folder, 'keys.json');
  writeNewKeyFile(path);
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = () => JSON.parse(readFileSync(path, 'utf8'));
const ids = () => [...readKeyFile(path).wrappingKeys.keys()];
const noSessions = async () => 0;

describe('a key that is added', () => {
  test('is not used before it is chosen, and everything else of the file stays', async () => {
    const before = written();
    writeFileSync(path, JSON.stringify({ ...before, fromALaterVersion: { kept: true } }));
    expect(await addWrappingKey(path, 'k2')).toEqual({ ok: true });
    const { wrappingKeys, ...others } = written();
    expect({ ...others, wrappingKeys: { k1: wrappingKeys.k1 } }).toEqual({
      ...before,
      fromALaterVersion: { kept: true },
    });
    expect(ids()).toEqual(['k1', 'k2']);
    expect(wrappingKeys.k2).not.toBe(wrappingKeys.k1);
    expect(await chooseWrappingKey(path, 'k2', at)).toEqual({ ok: true });
    expect(readKeyFile(path).currentWrappingKeyId).toBe('k2');
    expect(ids()).toEqual(['k1', 'k2']);
  });

  test('never takes the place of another', async () => {
    const before = written();
    await expect(addWrappingKey(path, 'k1')).rejects.toThrow(/k1 already/);
    expect(written()).toEqual(before);
  });

  test('has a name that the file takes, says its day, and is not given twice', () => {
    const names = Array.from({ length: 50 }, () => newWrappingKeyId(at));
    expect(names.filter((name) => !/^k20261121-[0-9a-f]{4}$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBeGreaterThan(45);
  });
});

describe('the file', () => {
  test('stays readable by its owner alone, and no draft is left', async () => {
    await addWrappingKey(path, 'k2');
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  test('is another file after each change, so that whoever has read half of the old one has a whole one', async () => {
    const before = statSync(path).ino;
    await addWrappingKey(path, 'k2');
    expect(statSync(path).ino).not.toBe(before);
  });

  test('is changed where it is when its address is a link', async () => {
    const address = join(folder, 'link.json');
    symlinkSync(path, address);
    await addWrappingKey(address, 'k2');
    expect(lstatSync(address).isSymbolicLink()).toBe(true);
    expect(ids()).toEqual(['k1', 'k2']);
  });

  test('is changed by one at a time: of many at once each is done or refused, and none undone', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const outcomes = await Promise.all(names.map((name) => addWrappingKey(path, name)));
    const done = names.filter((_, index) => outcomes[index]?.ok);
    expect(done.length).toBeGreaterThan(0);
    expect(ids().toSorted()).toEqual(['k1', ...done].toSorted());
  });

  test('is left alone while a draft lies there, and the draft is named', async () => {
    writeFileSync(`${path}.new`, 'half');
    const before = written();
    const refused = await addWrappingKey(path, 'k2');
    expect(refused).toEqual({ ok: false, code: 'change_under_way', draft: `${path}.new` });
    expect(written()).toEqual(before);
    expect(readFileSync(`${path}.new`, 'utf8')).toBe('half');
  });

  test('that cannot be read is not changed, and no draft is left', async () => {
    writeFileSync(path, '{"version":1');
    await expect(addWrappingKey(path, 'k2')).rejects.toThrow(/cannot be read/);
    expect(readFileSync(path, 'utf8')).toBe('{"version":1');
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });
});

describe('a key is taken away', () => {
  beforeEach(async () => {
    await addWrappingKey(path, 'k2');
    await chooseWrappingKey(path, 'k2', at);
  });

  test('when it was replaced long ago and no session needs it', async () => {
    expect(await removeWrappingKey(path, { id: 'k1', at: later(25), retire: noSessions })).toEqual({ ok: true });
    expect(ids()).toEqual(['k2']);
  });

  test('when it was never used', async () => {
    await addWrappingKey(path, 'k3');
    expect(await removeWrappingKey(path, { id: 'k3', at, retire: noSessions })).toEqual({ ok: true });
    expect(ids()).toEqual(['k1', 'k2']);
  });

  test('not while the kept answers of the last day may need it; being chosen again and replaced counts anew', async () => {
    const removing = (now: Date) => removeWrappingKey(path, { id: 'k1', at: now, retire: noSessions });
    const lately = { ok: false, code: 'replaced_lately' };
    expect(await removing(later(24.9))).toEqual({ ...lately, removableAt: later(25) });
    await chooseWrappingKey(path, 'k1', later(30));
    await chooseWrappingKey(path, 'k2', later(31));
    expect(await removing(later(55))).toEqual({ ...lately, removableAt: later(56) });
    expect(ids()).toEqual(['k1', 'k2']);
  });

  test.each([
    ['the current one', 'k2', { ok: false, code: 'current_key' }],
    ['one that is not there', 'k9', { ok: false, code: 'unknown_key' }],
    ['one by a name of every object', 'constructor', { ok: false, code: 'unknown_key' }],
  ])('not %s, and nobody is asked', async (_, id, refusal) => {
    const before = written();
    const retire = () => Promise.reject(new Error('asked'));
    expect(await removeWrappingKey(path, { id, at: later(100), retire })).toEqual(refusal);
    expect(written()).toEqual(before);
  });

  test('not while a session needs it, nor when that cannot be asked', async () => {
    const removing = (retire: () => Promise<number>) => removeWrappingKey(path, { id: 'k1', at: later(100), retire });
    expect(await removing(async () => 3)).toEqual({ ok: false, code: 'key_in_use', sessions: 3 });
    await expect(removing(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(ids()).toEqual(['k1', 'k2']);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  test('and no other change comes between the question and the removal', async () => {
    let between: unknown;
    const retire = async () => {
      between = await chooseWrappingKey(path, 'k1', at);
      return 0;
    };
    expect(await removeWrappingKey(path, { id: 'k1', at: later(100), retire })).toEqual({ ok: true });
    expect(between).toMatchObject({ code: 'change_under_way' });
  });
});

describe('a key that was replaced signs no more, and what it has signed counts', () => {
  const replaceAt = (hours: number, purpose: 'cookieKey' | 'offerKey') =>
    replaceSigningKey(path, { purpose, at: later(hours), hasLeaked: false });

  test.each([
    ['offerKey', 25],
    ['cookieKey', 91 * 24],
  ] as const)('%s: for %d hours and until the next change', async (purpose, hours) => {
    const made = [written()[purpose]];
    for (const at of [0, 1, hours]) {
      expect(await replaceAt(at, purpose)).toEqual({ ok: true });
      made.push(written()[purpose]);
    }
    expect(new Set(made).size).toBe(4);
    const former = written().formerKeys[purpose].map(({ key }: { key: string }) => key);
    // The first was replaced so long ago by the third change that it went.
    expect(former).toEqual(made.slice(1, 3));
    expect(readKeyFile(path).formerKeys[purpose].map((key) => key.export().toString('base64'))).toEqual(former);
  });
});
