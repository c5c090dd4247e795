import { expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { emptyRoot } from './merkle.ts';
import { parseNote, verifyNote } from './signed-note.ts';
import { parseVerifierKey } from './verifier-key.ts';

const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
const rootBytes = new Uint8Array(Buffer.from(root, 'base64'));

test('the example of c2sp.org/tlog-checkpoint is read, and written the same', () => {
  const text = `example.com/behind-the-sofa\n20852163\n${root}\n`;
  const checkpoint = { origin: 'example.com/behind-the-sofa', size: 20852163, root: rootBytes, extensions: [] };
  expect(parseCheckpoint(text)).toEqual({ ok: true, checkpoint });
  expect(formatCheckpoint(checkpoint)).toBe(text);
});

test("a checkpoint of Go's checksum database is verified with its key, and its blanks in the origin are no fault", async () => {
  const note = parseNote(
    new TextEncoder().encode(
      'go.sum database tree\n65209736\n5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=\n\n' +
        '— sum.golang.org Az3grnbssgK7ubgFX36gVETtNv0U23qxyAhAMai2QUfeGa3nB/akvkMdlUErfcZz7l/R3cVtYspg3dxXABkGZZKdsQ8=\n',
    ),
  );
  const key = parseVerifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8');
  if (!note.ok || !key.ok) throw new Error('note or key cannot be read');
  expect(await verifyNote(note.note, [key.key])).toMatchObject({ ok: true });
  expect(parseCheckpoint(note.note.text)).toMatchObject({
    ok: true,
    checkpoint: { origin: 'go.sum database tree', size: 65209736 },
  });
});

test('the tree without leaves has a checkpoint', () => {
  const text = formatCheckpoint({ origin: 'log.example', size: 0, root: emptyRoot() });
  expect(text).toBe('log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
  expect(parseCheckpoint(text)).toMatchObject({ ok: true, checkpoint: { size: 0 } });
});

test('lines that others add are kept', () => {
  const reading = parseCheckpoint(`log.example\n1\n${root}\none\ntwo\n`);
  expect(reading).toMatchObject({ ok: true, checkpoint: { extensions: ['one', 'two'] } });
});

test.each([
  ['', 'malformed_checkpoint'],
  [`\n1\n${root}\n`, 'malformed_checkpoint'],
  [`log.example\n1\n`, 'malformed_checkpoint'],
  [`log.example\n1\n${root}`, 'malformed_checkpoint'],
  [`log.example\n1\n${root}\n\n`, 'malformed_checkpoint'],
  [`log.example\n1\n${root}\n\none\n`, 'malformed_checkpoint'],
  [`log.example\n\n${root}\n`, 'malformed_checkpoint'],
  [`log.example\n01\n${root}\n`, 'malformed_size'],
  [`log.example\n-1\n${root}\n`, 'malformed_size'],
  [`log.example\n+1\n${root}\n`, 'malformed_size'],
  [`log.example\n1.0\n${root}\n`, 'malformed_size'],
  [`log.example\n1e3\n${root}\n`, 'malformed_size'],
  [`log.example\n0x1\n${root}\n`, 'malformed_size'],
  [`log.example\n1 \n${root}\n`, 'malformed_size'],
  [`log.example\n١\n${root}\n`, 'malformed_size'],
  [`log.example\n9007199254740992\n${root}\n`, 'malformed_size'],
  [`log.example\n1\n${root.slice(4)}\n`, 'malformed_root'],
  [`log.example\n1\nAAAA${root}\n`, 'malformed_root'],
  [`log.example\n1\n${root} \n`, 'malformed_root'],
  [`log.example\n1\n${root.replace('I=', 'J=')}\n`, 'malformed_root'],
  [`log.example\n1\n${root.replace('/', '_')}\n`, 'malformed_root'],
])('%j is no checkpoint', (text, code) => {
  expect(parseCheckpoint(text)).toEqual({ ok: false, code });
});

test.each([
  ['an origin with a blank', { origin: 'log example', size: 1, root: rootBytes }],
  ['an origin of two lines', { origin: 'log\n5', size: 1, root: rootBytes }],
  ['no origin', { origin: '', size: 1, root: rootBytes }],
  ['half a leaf', { origin: 'log.example', size: 0.5, root: rootBytes }],
  ['fewer than no leaves', { origin: 'log.example', size: -1, root: rootBytes }],
  ['more leaves than can be counted', { origin: 'log.example', size: 2 ** 53, root: rootBytes }],
  ['a short root', { origin: 'log.example', size: 1, root: rootBytes.subarray(1) }],
])('no checkpoint is written with %s', (_, checkpoint) => {
  expect(() => formatCheckpoint(checkpoint)).toThrow(RangeError);
});
