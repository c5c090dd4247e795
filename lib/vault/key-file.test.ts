import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readKeyFile, writeNewKeyFile } from './key-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `keys-${files}.json`);
}

function written(): { path: string; json: Record<string, unknown> } {
  const path = newPath();
  writeNewKeyFile(path);
  return { path, json: JSON.parse(readFileSync(path, 'utf8')) };
}

/** The sentence with which the file is refused. */
function refusalOf(content: string): string {
  const path = newPath();
  writeFileSync(path, content);
  try {
    readKeyFile(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
}

describe('a new key file', () => {
  test('holds a key of its own for every purpose, and none twice', () => {
    const { path } = written();
    const { currentWrappingKeyId, wrappingKeys, formerKeys, formerSealPublicKeys, ...purposes } = readKeyFile(path);
    expect([Object.values(formerKeys).flat(), formerSealPublicKeys]).toEqual([[], []]);
    const keys = [...Object.values(purposes), ...wrappingKeys.values()].map((key) => key.export().toString('hex'));
    expect(keys).toHaveLength(8);
    expect(new Set(keys).size).toBe(8);
    expect(keys.filter((key) => key.length !== 64)).toEqual([]);
    expect(wrappingKeys.has(currentWrappingKeyId)).toBe(true);
  });

  test('is readable by its owner alone', () => {
    expect((statSync(written().path).mode & 0o777).toString(8)).toBe('600');
  });

  test('never overwrites one: what is sealed under the old keys would be lost', () => {
    const { path } = written();
    const before = readFileSync(path);
    expect(() => writeNewKeyFile(path)).toThrow(/EEXIST/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

test('keys that are no longer current stay readable', () => {
  const { path, json } = written();
  const old = json.wrappingKeys as Record<string, string>;
  const key = Buffer.alloc(32, 7).toString('base64');
  writeFileSync(path, JSON.stringify({ ...json, currentWrappingKeyId: 'k2', wrappingKeys: { ...old, k2: key } }));
  const read = readKeyFile(path);
  expect([...read.wrappingKeys.keys()]).toEqual(['k1', 'k2']);
  expect(read.currentWrappingKeyId).toBe('k2');
});

describe('a file that cannot be used is refused with a sentence, and the sentence holds no key', () => {
  const { json } = written();
  const wrapping = json.wrappingKeys as Record<string, string>;
  const secret = Buffer.alloc(32, 0xa5).toString('base64');
  const without = (name: string) => JSON.stringify({ ...json, [name]: undefined });

  test.each([
    ['an empty one', '', /cannot be read/],
    ['one that is cut off', JSON.stringify(json).slice(0, -20), /cannot be read/],
    ['a bare key', `"${secret}"`, /not a key file/],
    ['null', 'null', /not a key file/],
    ['a list', `["${secret}"]`, /not a key file/],
    ['another version', JSON.stringify({ ...json, version: 2 }), /not a key file of version 1/],
    ['no link key', without('linkKey'), /linkKey is not a key of 32 bytes/],
    ['no offer key', without('offerKey'), /offerKey is not a key/],
    ['no index key', without('indexKey'), /indexKey is not a key/],
    [
      'no seal: one of an earlier version',
      without('sealKey'),
      /of an earlier version and has no sealKey.*keys complete$/,
    ],
    ['a seal that is none', JSON.stringify({ ...json, sealKey: 'x' }), /sealKey is not a key/],
    [
      'a broken seal of before',
      JSON.stringify({ ...json, formerSealKeys: [{ publicKey: 'x' }] }),
      /formerSealKeys is not/,
    ],
    ['seals of before by name', JSON.stringify({ ...json, formerSealKeys: { a: secret } }), /formerSealKeys is not/],
    ['keys of before as a list', JSON.stringify({ ...json, formerKeys: [secret] }), /formerKeys does not name/],
    ['seals of before as mere text', JSON.stringify({ ...json, formerSealKeys: [secret] }), /formerSealKeys is not/],
    [
      'a broken key of before',
      JSON.stringify({ ...json, formerKeys: { offerKey: [{ key: 7 }] } }),
      /formerKeys\.offerKey is not/,
    ],
    ['a key too short', JSON.stringify({ ...json, cookieKey: secret.slice(4) }), /cookieKey is not a key/],
    ['a key too long', JSON.stringify({ ...json, cookieKey: `${secret}AAAA` }), /cookieKey is not a key/],
    ['a key that is no text', JSON.stringify({ ...json, cookieKey: 7 }), /cookieKey is not a key/],
    ['no wrapping keys', without('wrappingKeys'), /names no key/],
    ['wrapping keys as a list', JSON.stringify({ ...json, wrappingKeys: [secret] }), /names no key|not a key/],
    ['a current key that is not there', JSON.stringify({ ...json, currentWrappingKeyId: 'k9' }), /names no key/],
    [
      'a broken old key',
      JSON.stringify({ ...json, wrappingKeys: { ...wrapping, k0: 'x' } }),
      /wrappingKeys\.k0 is not/,
    ],
    ['id and key the wrong way round', JSON.stringify({ ...json, wrappingKeys: { [secret]: 'k1' } }), /wrappingKeys/],
    ['a key as the current id', JSON.stringify({ ...json, currentWrappingKeyId: secret }), /names no key/],
  ])('%s', (_name, content, sentence) => {
    const refusal = refusalOf(content);
    expect(refusal).toMatch(sentence);
    expect(refusal).toContain(folder);
    const keys = [secret, ...Object.values(json), ...Object.values(wrapping)].filter(
      (value): value is string => typeof value === 'string' && value.length > 20,
    );
    for (const key of keys) expect(refusal).not.toContain(key.slice(0, 12));
  });

  test('one that is not there: the sentence says that, not that it is broken', () => {
    expect(() => readKeyFile(join(folder, 'none.json'))).toThrow(/none\.json cannot be read: ENOENT/);
  });
});
