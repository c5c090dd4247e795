import { expect, test } from 'vitest';
import { naiveTreeOf } from '#lib/testing/naive-merkle.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { leafHash, verifyInclusion } from './merkle.ts';
import { formatNote, parseNote, signNote } from './signed-note.ts';
import { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
import { signatureTypes, verifierKey } from './verifier-key.ts';

const tree = naiveTreeOf(11);
const signer = noteSigner(1);
const key = verifierKey('log.example', signatureTypes.note, signer.publicKey);
const checkpoint = await checkpointOf(11);
const proof: TlogProof = { index: 6, hashes: tree.inclusion(6, 11), checkpoint };
const written = textOf(formatTlogProof(proof));
const [hash = ''] = written.split('\n').slice(2);

test('a proof file is written line for line as c2sp.org/tlog-proof has it', () => {
  const hashes = proof.hashes.map((bytes) => Buffer.from(bytes).toString('base64'));
  expect(written).toBe(`c2sp.org/tlog-proof@v1\nindex 6\n${hashes.join('\n')}\n\n${textOf(checkpoint)}`);
  const withExtra = textOf(formatTlogProof({ ...proof, extra: Buffer.from('more') }));
  expect(withExtra).toBe(written.replace('index 6', 'extra bW9yZQ==\nindex 6'));
});

test('every leaf of every small tree is proved by its file alone', async () => {
  for (let size = 1; size <= 11; size += 1) {
    const note = await checkpointOf(size);
    for (let index = 0; index < size; index += 1) {
      const file = formatTlogProof({ index, hashes: tree.inclusion(index, size), checkpoint: note });
      const leaf = leafHash(Buffer.from(`entry ${index}`));
      expect(verdictOf(file, leaf), `${index} in ${size}`).toEqual({ ok: true });
      expect(verdictOf(file, leafHash(Buffer.from('another'))).ok).toBe(false);
    }
  }
});

test('what is read gives the same bytes again, with extra and without', () => {
  for (const extra of [undefined, Buffer.from('more')]) {
    const bytes = formatTlogProof({ ...proof, ...(extra && { extra }) });
    const reading = parseTlogProof(bytes);
    if (!reading.ok) throw new Error(reading.code);
    expect(formatTlogProof(reading.proof)).toEqual(bytes);
  }
});

test.each([
  ['nothing', '', 'malformed_proof'],
  ['a checkpoint alone', textOf(checkpoint), 'malformed_proof'],
  ['another version', written.replace('@v1', '@v2'), 'malformed_proof'],
  ['a blank before the header', ` ${written}`, 'malformed_proof'],
  ['other line ends', written.replaceAll('\n', '\r\n'), 'malformed_proof'],
  ['no empty line', written.replaceAll('\n\n', '\n'), 'malformed_proof'],
  ['no index', written.replace('index 6\n', ''), 'malformed_index'],
  ['an index with a leading zero', written.replace('index 6', 'index 06'), 'malformed_index'],
  ['a negative index', written.replace('index 6', 'index -6'), 'malformed_index'],
  ['an index with a blank', written.replace('index 6', 'index  6'), 'malformed_index'],
  ['an index outside the tree', written.replace('index 6', 'index 11'), 'index_out_of_range'],
  ['an index beyond all counting', written.replace('index 6', 'index 9007199254740993'), 'malformed_index'],
  ['two indexes', written.replace('index 6', 'index 6\nindex 6'), 'malformed_hash'],
  ['extra after the index', written.replace('index 6', 'index 6\nextra bW9yZQ=='), 'malformed_hash'],
  ['extra twice', written.replace('index 6', 'extra bW9yZQ==\nextra bW9yZQ==\nindex 6'), 'malformed_index'],
  ['empty extra', written.replace('index 6', 'extra \nindex 6'), 'malformed_extra'],
  ['extra that is no base64', written.replace('index 6', 'extra bW9yZQ\nindex 6'), 'malformed_extra'],
  ['a short hash', written.replace(hash, hash.slice(4)), 'malformed_hash'],
  ['a hash with a blank', written.replace(hash, `${hash} `), 'malformed_hash'],
  ['more than 53 hashes', written.replace(hash, Array(52).fill(hash).join('\n')), 'too_many_hashes'],
  ['no checkpoint', written.slice(0, written.indexOf('\n\n') + 2), 'malformed_checkpoint'],
  ['a checkpoint that nobody signed', written.replace(/— .*\n/, ''), 'malformed_checkpoint'],
  ['a checkpoint without root', written.replace(/\n11\n.*\n/, '\n11\n'), 'malformed_checkpoint'],
  ['something behind the checkpoint', `${written}\n`, 'malformed_checkpoint'],
])('%s is no proof', (_, text, code) => {
  expect(parseTlogProof(new TextEncoder().encode(text))).toEqual({ ok: false, code });
});

test('bytes that are no UTF-8, or too many of them, are no proof', () => {
  const bytes = formatTlogProof(proof);
  bytes[bytes.length - 2] = 0xff;
  expect(parseTlogProof(bytes)).toEqual({ ok: false, code: 'malformed_proof' });
  expect(parseTlogProof(new Uint8Array(512 * 1024 + 1))).toEqual({ ok: false, code: 'proof_too_long' });
});

test.each<[string, TlogProof]>([
  ['an index outside the tree', { ...proof, index: 11 }],
  ['half an index', { ...proof, index: 0.5 }],
  ['a short hash', { ...proof, hashes: [new Uint8Array(31)] }],
  ['empty extra', { ...proof, extra: new Uint8Array(0) }],
  ['no checkpoint', { ...proof, checkpoint: new Uint8Array(0) }],
])('no file is written with %s', (_, refused) => {
  expect(() => formatTlogProof(refused)).toThrow(RangeError);
});

async function checkpointOf(size: number): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: key.name, size, root: tree.root(size) });
  return formatNote({ text, signatures: [await signNote(text, key, signer.sign)] });
}

/** What a file proves of a leaf, its signatures aside. */
function verdictOf(file: Uint8Array, leaf: Uint8Array) {
  const reading = parseTlogProof(file);
  if (!reading.ok) return reading;
  const note = parseNote(reading.proof.checkpoint);
  if (!note.ok) return note;
  const head = parseCheckpoint(note.note.text);
  if (!head.ok) return head;
  return verifyInclusion(leaf, reading.proof.index, head.checkpoint.size, reading.proof.hashes, head.checkpoint.root);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
