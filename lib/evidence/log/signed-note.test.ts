import { describe, expect, test } from 'vitest';
import { everyBitFlipped } from '#lib/testing/naive-merkle.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { formatNote, type Note, type NoteReading, parseNote, signNote, verifyNote } from './signed-note.ts';
import { parseVerifierKey, signatureTypes, type VerifierKey, verifierKey } from './verifier-key.ts';

const peter = keyOf('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const enoch = keyOf('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop');
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const byPeter =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const byEnoch =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
const falseByPeter = byPeter.replace('RyyBwJnAM=', 'RyyBwJnBM=');
const byStranger = '— PeterNeumann AAAAAA==\n'.replace('AAAAAA==', 'AAAAAAAA');

describe('a note', () => {
  test('that the reference implementation signed is verified, and written the same', async () => {
    const note = noteOf(`${text}\n${byPeter}`);
    expect(note.text).toBe(text);
    expect(await verifyNote(note, [peter])).toEqual({ ok: true, verified: [peter] });
    expect(new TextDecoder().decode(formatNote(note))).toBe(`${text}\n${byPeter}`);
  });

  test('names every key that signed it, and passes over strangers, also those of the same name or id', async () => {
    const note = noteOf(`${text}\n${byStranger}${byEnoch.replace('EnochRoot', 'Waterhouse')}${byPeter}${byEnoch}`);
    expect(await verifyNote(note, [peter, enoch])).toEqual({ ok: true, verified: [peter, enoch] });
    expect(await verifyNote(note, [enoch])).toEqual({ ok: true, verified: [enoch] });
  });

  test('may hold empty lines: the last one ends the text', () => {
    const paragraphs = 'One.\n\n\nTwo.\n';
    expect(noteOf(`${paragraphs}\n${byPeter}`).text).toBe(paragraphs);
  });

  test('carries 32 signatures and no more', () => {
    expect(readingOf(`${text}\n${byPeter.repeat(32)}`).ok).toBe(true);
    expect(readingOf(`${text}\n${byPeter.repeat(33)}`)).toEqual({ ok: false, code: 'too_many_signatures' });
  });

  test('is not believed when any bit of it is turned over', async () => {
    const believed: string[] = [];
    for (const bytes of everyBitFlipped(new TextEncoder().encode(`${text}\n${byPeter}`))) {
      const reading = parseNote(bytes);
      if (reading.ok && (await verifyNote(reading.note, [peter])).ok) believed.push(new TextDecoder().decode(bytes));
    }
    expect(believed).toEqual([]);
  });

  test.each([
    ['no key at all', [], 'no_known_signature'],
    ['another key', [enoch], 'no_known_signature'],
    ['the same public key under another name', [renamed('Peter')], 'no_known_signature'],
    ['the same public key as that of a witness', [retyped()], 'no_known_signature'],
  ] as const)('is not believed on %s', async (_, keys, code) => {
    expect(await verifyNote(noteOf(`${text}\n${byPeter}`), keys)).toEqual({ ok: false, code });
  });

  test.each([
    ['alone', falseByPeter],
    ['before a good one', `${falseByPeter}${byPeter}`],
    ['after a good one', `${byPeter}${falseByPeter}`],
    ['beside that of another key', `${byEnoch}${falseByPeter}`],
  ])('is refused for one false signature in the name of a known key, %s', async (_, lines) => {
    const refused = { ok: false, code: 'signature_invalid' };
    expect(await verifyNote(noteOf(`${text}\n${lines}`), [peter, enoch])).toEqual(refused);
  });

  test.each([
    ['', 'malformed_note'],
    ['\n', 'malformed_note'],
    [text, 'malformed_note'],
    [`${text}\n`, 'malformed_signature_line'],
    [`${text}\n\n`, 'malformed_signature_line'],
    [`${text}${byPeter}`, 'malformed_note'],
    [`${text}\n${byPeter.trimEnd()}`, 'malformed_note'],
    [`${text}\n${byPeter}\n`, 'malformed_signature_line'],
    [`${text}\n${byPeter}Unexpected line.\n`, 'malformed_signature_line'],
    [`\u0001${text}\n${byPeter}`, 'malformed_note'],
    [`${text}\n${byPeter}`.replaceAll('\n', '\r\n'), 'malformed_note'],
    [`${text}\n${byPeter.replace('—', '-')}`, 'malformed_signature_line'],
    [`${text}\n${byPeter.replace('PeterNeumann', 'Bad Name')}`, 'malformed_signature_line'],
    [`${text}\n${byPeter.replace('PeterNeumann', 'Bad+Name')}`, 'malformed_signature_line'],
    [`${text}\n${byPeter.replace('PeterNeumann', '')}`, 'malformed_signature_line'],
    [`${text}\n${byPeter.replace('=\n', '\n')}`, 'malformed_signature_line'],
    [`${text}\n${byPeter.replace('=\n', '= \n')}`, 'malformed_signature_line'],
    // The last bits of the base64 are not zero: another way to write the same bytes.
    [`${text}\n${byPeter.replace('nAM=', 'nAN=')}`, 'malformed_signature_line'],
    [`${text}\n— PeterNeumann x08gow==\n`, 'malformed_signature_line'],
  ])('%# %j is no note', (malformed, code) => {
    expect(readingOf(malformed)).toEqual({ ok: false, code });
  });

  test('is UTF-8 and nothing else, and not longer than 256 KiB', () => {
    const bytes = new TextEncoder().encode(`ÿ${text}\n${byPeter}`);
    expect(parseNote(bytes).ok).toBe(true);
    expect(parseNote(bytes.subarray(1))).toEqual({ ok: false, code: 'malformed_note' });
    const long = readingOf(`${'a'.repeat(256 * 1024)}\n\n${byPeter}`);
    expect(long).toEqual({ ok: false, code: 'note_too_long' });
  });
});

describe('signing', () => {
  const signer = noteSigner(1);
  const key = verifierKey('log.example', signatureTypes.note, signer.publicKey);

  test('gives a line that verifies', async () => {
    const note = { text, signatures: [await signNote(text, key, signer.sign)] };
    const read = parseNote(formatNote(note));
    expect(read.ok && (await verifyNote(read.note, [key]))).toEqual({ ok: true, verified: [key] });
  });

  test('gives nothing away for another private key or another type of key', async () => {
    await expect(signNote(text, key, noteSigner(2).sign)).rejects.toThrow('does not hold the private key');
    const witness = verifierKey('log.example', signatureTypes.cosignature, signer.publicKey);
    await expect(signNote(text, witness, signer.sign)).rejects.toThrow(RangeError);
  });

  test.each(['', 'no line feed', 'a\tb\n', 'a\r\n', '\ud800\n'])('never sees %j', async (refused) => {
    let isAsked = false;
    const sign = (message: Uint8Array) => {
      isAsked = true;
      return signer.sign(message);
    };
    await expect(signNote(refused, key, sign)).rejects.toThrow(RangeError);
    expect(isAsked).toBe(false);
  });
});

test.each([
  ['no signature', { text, signatures: [] }],
  [
    'a text that another reader would cut elsewhere',
    { text: text.trimEnd(), signatures: noteOf(`${text}\n${byPeter}`).signatures },
  ],
  ['a name with a blank', { text, signatures: [{ name: 'a b', keyId: '00000000', signature: new Uint8Array(64) }] }],
  ['a signature of nothing', { text, signatures: [{ name: 'a', keyId: '00000000', signature: new Uint8Array(0) }] }],
])('no note is written with %s', (_, note) => {
  expect(() => formatNote(note)).toThrow(RangeError);
});

function keyOf(vkey: string): VerifierKey {
  const reading = parseVerifierKey(vkey);
  if (!reading.ok) throw new Error(`${vkey}: ${reading.code}`);
  return reading.key;
}

function readingOf(note: string): NoteReading {
  return parseNote(new TextEncoder().encode(note));
}

function noteOf(note: string): Note {
  const reading = readingOf(note);
  if (!reading.ok) throw new Error(`${reading.code}: ${note}`);
  return reading.note;
}

function renamed(name: string): VerifierKey {
  return verifierKey(name, signatureTypes.note, peter.publicKey);
}

function retyped(): VerifierKey {
  return verifierKey(peter.name, signatureTypes.cosignature, peter.publicKey);
}
