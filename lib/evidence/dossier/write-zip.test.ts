import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as nodeCrc32 } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { manifestBytes } from './manifest.ts';
import { zipOf } from './write-zip.ts';

const files = new Map([
  ['b.txt', Buffer.from('second')],
  ['consent/notice.txt', Buffer.from('Ao assinar…')],
  ['Z.md', Buffer.alloc(0)],
]);

describe('the ZIP of a dossier', () => {
  test('is the same string of bytes in whatever order the files come', () => {
    expect(zipOf(new Map([...files].reverse()))).toEqual(zipOf(files));
  });

  test('orders its entries by the bytes of their names', () => {
    const text = Buffer.from(zipOf(files)).toString('latin1');
    expect(text.indexOf('Z.md')).toBeLessThan(text.indexOf('b.txt'));
  });

  test('is read by Python, which finds every file whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aceite-zip-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'd.zip'), zipOf(files));
    const program =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])';
    execFileSync('python3', ['-c', program, join(folder, 'd.zip'), folder]);
    for (const [name, bytes] of files) expect(readFileSync(join(folder, name))).toEqual(bytes);
  });

  test('is exactly this for one empty file', () => {
    const local = '504b0304 0a00 0000 0000 0000 2100 00000000 00000000 00000000 0100 0000 61';
    const central =
      '504b0102 1400 0a00 0000 0000 0000 2100 00000000 00000000 00000000 0100 0000 0000 0000 0000 00000000 00000000 61';
    const end = '504b0506 0000 0000 0100 0100 2f000000 1f000000 0000';
    expect(Buffer.from(zipOf(new Map([['a', new Uint8Array(0)]]))).toString('hex')).toBe(
      `${local}${central}${end}`.replaceAll(' ', ''),
    );
  });

  test.each(['../a', '/a', 'a/../b', 'a//b', '.a', 'a\\b', '', 'ä', 'a/', 'a'.repeat(201)])(
    'refuses the name %j',
    (name) => {
      expect(() => zipOf(new Map([[name, new Uint8Array(1)]]))).toThrow(RangeError);
    },
  );

  test('carries the CRC-32 that others compute', () => {
    const bytes = Buffer.from('Li o contrato');
    expect(crc32(bytes)).toBe(nodeCrc32(bytes));
  });
});

describe('the manifest', () => {
  const about = { signingSessionId: '11111111-1111-4111-8111-111111111111', state: 'interim' as const };

  test('names every file with its length and hash, sorted, but for itself and its signature', () => {
    const all = new Map([...files, ['manifest.json', Buffer.from('{}')], ['manifest.sig', Buffer.alloc(64)]]);
    const manifest = JSON.parse(Buffer.from(manifestBytes(about, all)).toString());
    expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual(['Z.md', 'b.txt', 'consent/notice.txt']);
    expect(manifest.files[0]).toEqual({
      name: 'Z.md',
      length: 0,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });
});
