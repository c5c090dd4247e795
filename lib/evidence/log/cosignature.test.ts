import { expect, test } from 'vitest';
import { everyBitFlipped } from '#lib/testing/naive-merkle.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { cosign, cosignatureIn, cosignedAt, verifyCosignatures } from './cosignature.ts';
import {
  formatNote,
  formatSignatureLine,
  type Note,
  type NoteSignature,
  parseNote,
  signNote,
  verifyNote,
} from './signed-note.ts';
import { signatureTypes, verifierKey } from './verifier-key.ts';

const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const seen = 1679315147;
const [log, first, second] = [noteSigner(1), noteSigner(2), noteSigner(3)];
const logKey = verifierKey('example.com/behind-the-sofa', signatureTypes.note, log.publicKey);
const firstKey = verifierKey('witness.example/w1', signatureTypes.cosignature, first.publicKey);
const secondKey = verifierKey('witness.example/w2', signatureTypes.cosignature, second.publicKey);
const byLog = await signNote(text, logKey, log.sign);
const byFirst = await cosign(text, firstKey, seen, first.sign);
const bySecond = await cosign(text, secondKey, seen + 5, second.sign);

test('what is signed are the two lines of c2sp.org/tlog-cosignature and the text; the time stands before it, big-endian', async () => {
  const messages: string[] = [];
  const { signature } = await cosign(text, firstKey, seen, (message) => {
    messages.push(new TextDecoder().decode(message));
    return first.sign(message);
  });
  expect(messages).toEqual([`cosignature/v1\ntime 1679315147\n${text}`]);
  expect(Buffer.from(signature.subarray(0, 8)).toString('hex')).toBe('00000000641850cb');
  expect(signature.subarray(8)).toEqual(await first.sign(new TextEncoder().encode(messages[0])));
});

test('each witness is named with its time, also after the note was written and read', async () => {
  const note = again({ text, signatures: [byLog, byFirst, bySecond] });
  expect(await verifyCosignatures(note, [firstKey, secondKey])).toEqual({
    ok: true,
    cosigned: [
      { key: firstKey, timeSeconds: seen },
      { key: secondKey, timeSeconds: seen + 5 },
    ],
  });
  expect(await verifyNote(note, [logKey])).toEqual({ ok: true, verified: [logKey] });
});

test('strangers count for nothing, and are no fault', async () => {
  const note = again({ text, signatures: [byLog, bySecond] });
  expect(await verifyCosignatures(note, [firstKey])).toEqual({ ok: true, cosigned: [] });
  expect(await verifyCosignatures(note, [])).toEqual({ ok: true, cosigned: [] });
});

test("the log's own key counts for no witness, and a witness's for no log", async () => {
  const asWitness = verifierKey(logKey.name, signatureTypes.cosignature, log.publicKey);
  const note = again({ text, signatures: [byLog, byFirst] });
  expect(await verifyCosignatures(note, [logKey, asWitness])).toEqual({ ok: true, cosigned: [] });
  expect(await verifyNote(note, [firstKey])).toEqual({ ok: false, code: 'no_known_signature' });
});

test('one public key under two names is one witness, and of two times the earlier counts', async () => {
  const alias = verifierKey('other.example/w', signatureTypes.cosignature, first.publicKey);
  const byAlias = await cosign(text, alias, seen - 9, first.sign);
  const note = again({ text, signatures: [byLog, byFirst, byAlias] });
  const verdict = await verifyCosignatures(note, [firstKey, alias]);
  expect(verdict).toEqual({ ok: true, cosigned: [{ key: alias, timeSeconds: seen - 9 }] });
});

test('a cosignature with any bit turned over is refused: time and signature belong together', async () => {
  const accepted: number[] = [];
  for (const [bit, signature] of everyBitFlipped(byFirst.signature).entries()) {
    const note = { text, signatures: [byLog, { ...byFirst, signature }] };
    if ((await verifyCosignatures(note, [firstKey])).ok) accepted.push(bit);
  }
  expect(accepted).toEqual([]);
});

test.each<[string, Note]>([
  ['on another text', { text: text.replace('20852163', '20852164'), signatures: [byFirst] }],
  ['cut short', { text, signatures: [{ ...byFirst, signature: byFirst.signature.slice(0, -1) }] }],
  [
    'with a byte more',
    { text, signatures: [{ ...byFirst, signature: Buffer.concat([byFirst.signature, Buffer.alloc(1)]) }] },
  ],
  ['without its time', { text, signatures: [{ ...byFirst, signature: byFirst.signature.slice(8) }] }],
  ['by another witness', { text, signatures: [{ ...bySecond, name: firstKey.name, keyId: firstKey.keyId }] }],
  ['that is false beside a good one', { text, signatures: [byFirst, { ...byFirst, signature: bySecond.signature }] }],
])('a cosignature %s refuses the note', async (_, note) => {
  expect(await verifyCosignatures(note, [firstKey])).toEqual({ ok: false, code: 'cosignature_invalid' });
});

test('a note that was signed where a cosignature belongs is not taken for one', async () => {
  const plain: NoteSignature = { ...firstKey, signature: await first.sign(new TextEncoder().encode(text)) };
  expect((await verifyCosignatures({ text, signatures: [plain] }, [firstKey])).ok).toBe(false);
});

test("the witness's own line is found in its answer, among those of others", async () => {
  const [own, others] = [byFirst, bySecond].map(formatSignatureLine);
  for (const lines of [`${own}`, `${others}${own}`, `${own}${others}`])
    expect(await cosignatureIn(lines, text, firstKey)).toEqual({ ok: true, line: own });
});

test.each([
  ['nothing', '', 'malformed_lines'],
  ['a line without its line feed', formatSignatureLine(byFirst).trimEnd(), 'malformed_lines'],
  ['something else', 'thank you\n', 'malformed_lines'],
  ['more text', `more\n\n${formatSignatureLine(byFirst)}`, 'malformed_lines'],
  ['an empty line', `\n${formatSignatureLine(byFirst)}`, 'malformed_lines'],
  ['half a surrogate pair', `\ud800${formatSignatureLine(byFirst)}`, 'malformed_lines'],
  ['the line of another', formatSignatureLine(bySecond), 'cosignature_missing'],
  [
    'a line that is not true',
    formatSignatureLine({ ...byFirst, signature: bySecond.signature }),
    'cosignature_invalid',
  ],
])('an answer of %s is not taken for a cosignature', async (_, lines, code) => {
  expect(await cosignatureIn(lines, text, firstKey)).toEqual({ ok: false, code });
});

test('a cosignature of a time that no calendar tells is refused, however truly it is signed', async () => {
  for (const seconds of [253_402_300_800n, 8_640_000_000_001n, BigInt(Number.MAX_SAFE_INTEGER)]) {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(seconds);
    const signature = await first.sign(Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`));
    const line = formatSignatureLine({ ...byFirst, signature: Buffer.concat([time, signature]) });
    expect(await cosignatureIn(line, text, firstKey)).toEqual({ ok: false, code: 'cosignature_invalid' });
  }
});

test('nothing is cosigned with the wrong key, at no time, or on what is no text', async () => {
  await expect(cosign(text, logKey, seen, log.sign)).rejects.toThrow(RangeError);
  await expect(cosign(text, firstKey, seen, second.sign)).rejects.toThrow('does not hold the private key');
  for (const time of [-1, 0.5, Number.NaN, 253_402_300_800, 2 ** 53])
    await expect(cosign(text, firstKey, time, first.sign)).rejects.toThrow(RangeError);
  await expect(cosign(text.trimEnd(), firstKey, seen, first.sign)).rejects.toThrow(RangeError);
});

test('a cosignature tells its time unless it is too short for one, or tells one that no calendar has', async () => {
  const { signature } = await cosign(text, firstKey, 253_402_300_799, first.sign);
  expect(cosignedAt(signature)?.toISOString()).toBe('9999-12-31T23:59:59.000Z');
  expect(cosignedAt(signature.subarray(0, 7))).toBeUndefined();
  const later = signature.slice();
  later[7] = 0x80;
  expect(cosignedAt(later)).toBeUndefined();
});

/** As a reader of the written note has it. */
function again(note: Note): Note {
  const reading = parseNote(formatNote(note));
  if (!reading.ok) throw new Error(reading.code);
  return reading.note;
}
