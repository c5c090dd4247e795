import { expect, test } from 'vitest';
import { type SignedTree, signedTree } from '#lib/testing/signed-tree.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { judgeCheckpoint, nothingSeen, type SeenTree } from './judge-checkpoint.ts';
import { parseNote } from './signed-note.ts';

const log = signedTree({ origin: 'log.example', seedByte: 1 });
const twin = signedTree({ origin: 'log.example', seedByte: 1, story: 'another' });
const forger = signedTree({ origin: 'log.example', seedByte: 2 });
const other = signedTree({ origin: 'other.example', seedByte: 3 });
const proofRefused = { ok: false, code: 'proof_refused' };

/** What a witness says to the step from `oldSize` to `newSize` when it has seen `seen` entries. */
async function judge(
  oldSize: number,
  newSize: number,
  seen: number,
  { by = log, proof }: { by?: SignedTree; proof?: Uint8Array[] } = {},
) {
  const checkpoint = await by.checkpoint(newSize);
  const tree = await seenTree(seen);
  return judgeCheckpoint(
    { oldSize, proof: proof ?? by.consistency(oldSize, newSize), checkpoint },
    [log.key, other.key],
    (origin) => (origin === 'log.example' ? tree : nothingSeen()),
  );
}

test('every step between any two sizes is cosigned', async () => {
  for (let newSize = 0; newSize <= 20; newSize += 1) {
    for (let oldSize = 0; oldSize <= newSize; oldSize += 1) {
      const judgement = await judge(oldSize, newSize, oldSize);
      expect(judgement, `${oldSize} to ${newSize}`).toMatchObject({ ok: true, checkpoint: { size: newSize } });
    }
  }
});

test('what is cosigned is the text of the checkpoint to the byte', async () => {
  const note = parseNote(await log.checkpoint(7));
  expect(await judge(3, 7, 3)).toMatchObject({ ok: true, text: note.ok && note.note.text });
});

test('another old size than the one that was seen is told that one, whichever side is behind', async () => {
  expect(await judge(3, 9, 5)).toEqual({ ok: false, code: 'size_conflict', size: 5 });
  expect(await judge(5, 9, 3)).toEqual({ ok: false, code: 'size_conflict', size: 3 });
  expect(await judge(0, 9, 3)).toEqual({ ok: false, code: 'size_conflict', size: 3 });
  expect(await judge(3, 3, 9)).toEqual({ ok: false, code: 'size_conflict', size: 9 });
});

test('two trees of one size are a fork, and no witness signs the second', async () => {
  const forked = { ok: false, code: 'forked', origin: 'log.example' };
  expect(await judge(9, 9, 9, { by: twin })).toEqual({ ...forked, size: 9 });
});

test('a longer tree that does not begin with what was seen is refused, with any proof', async () => {
  expect(await judge(9, 12, 9, { by: twin })).toEqual(proofRefused);
  expect(await judge(9, 12, 9, { by: twin, proof: log.consistency(9, 12) })).toEqual(proofRefused);
  expect(await judge(8, 12, 8, { by: twin })).toEqual(proofRefused);
});

test('a proof with a hash more, fewer or another is refused, also where none belongs', async () => {
  const proof = log.consistency(5, 12);
  const stray = new Uint8Array(32);
  for (const wrong of [[], proof.slice(1), [...proof, stray], [stray, ...proof.slice(1)], proof.toReversed()])
    expect(await judge(5, 12, 5, { proof: wrong })).toEqual(proofRefused);
  expect(await judge(0, 12, 0, { proof: [stray] })).toEqual(proofRefused);
  expect(await judge(12, 12, 12, { proof: [stray] })).toEqual(proofRefused);
});

test('a log that is not watched is unknown, and a key counts for no origin but its own', async () => {
  const stranger = signedTree({ origin: 'stranger.example', seedByte: 1 });
  expect(await judge(0, 3, 0, { by: stranger })).toEqual({ ok: false, code: 'unknown_log' });
  expect(await judge(0, 3, 0, { by: forger })).toEqual({ ok: false, code: 'signature_refused' });
  const borrowed = signedTree({ origin: 'other.example', seedByte: 1 });
  expect(await judge(0, 3, 0, { by: borrowed })).toEqual({ ok: false, code: 'signature_refused' });
});

test('a forged checkpoint is refused before anything of the memory is told', async () => {
  expect(await judge(0, 3, 9, { by: forger })).toEqual({ ok: false, code: 'signature_refused' });
});

test('one log does not know what another one has shown', async () => {
  expect(await judge(0, 3, 9, { by: other })).toMatchObject({ ok: true, checkpoint: { origin: 'other.example' } });
});

test('an old size above the new one, and what is no checkpoint, are malformed', async () => {
  const malformed = { ok: false, code: 'malformed_request' };
  expect(await judge(9, 3, 9, { proof: [] })).toEqual(malformed);
  for (const text of ['', 'log.example\n3\n', 'log.example\n\n— a AAAAAAAA\n'])
    expect(
      await judgeCheckpoint({ oldSize: 0, proof: [], checkpoint: Buffer.from(text) }, [log.key], nothingSeen),
    ).toEqual(malformed);
});

async function seenTree(size: number): Promise<SeenTree> {
  const note = parseNote(await log.checkpoint(size));
  const body = note.ok ? parseCheckpoint(note.note.text) : undefined;
  if (!body?.ok) throw new Error(`no checkpoint of ${size}`);
  return body.checkpoint;
}
