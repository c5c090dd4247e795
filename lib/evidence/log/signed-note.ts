import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { verifyEd25519 } from './ed25519.ts';
import { decodeText, isPlainText } from './strict-text.ts';
import { isKeyName, signatureTypes, type VerifierKey } from './verifier-key.ts';

/** c2sp.org/signed-note asks for at least 16; a log's keys and a full set of witnesses fit twice. */
const signaturesMax = 32;
/** Room for that many post-quantum signatures of others, which we carry without reading them. */
const noteBytesMax = 256 * 1024;
const keyIdBytes = 4;
const lineStart = '\u2014 ';

/** One signature line. `keyId` is eight hexadecimal digits, lower case; `signature` is what follows the id, as its type defines it. */
export type NoteSignature = { name: string; keyId: string; signature: Uint8Array };
/** `text` ends with a line feed. It says nothing before one of the signatures was verified. */
export type Note = { text: string; signatures: NoteSignature[] };
export type NoteReading =
  | { ok: true; note: Note }
  | { ok: false; code: 'note_too_long' | 'malformed_note' | 'malformed_signature_line' | 'too_many_signatures' };
export type NoteVerdict =
  | { ok: true; verified: VerifierKey[] }
  | { ok: false; code: 'signature_invalid' | 'no_known_signature' };
/** Signs bytes with a private key that stays with its keeper; gives the 64 bytes of an Ed25519 signature. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

/** Reads a note (c2sp.org/signed-note) strictly: the note that is returned, formatted, gives the same bytes again. */
export function parseNote(bytes: Uint8Array): NoteReading {
  if (bytes.length > noteBytesMax) return { ok: false, code: 'note_too_long' };
  const whole = decodeText(bytes);
  const blank = whole?.lastIndexOf('\n\n') ?? -1;
  if (whole === undefined || blank < 0 || !whole.endsWith('\n')) return { ok: false, code: 'malformed_note' };
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (lines.length > signaturesMax) return { ok: false, code: 'too_many_signatures' };
  const signatures = lines.map(parseSignatureLine);
  return signatures.every((signature) => signature !== undefined)
    ? { ok: true, note: { text: whole.slice(0, blank + 1), signatures } }
    : { ok: false, code: 'malformed_signature_line' };
}

/** The bytes of a note. Throws when `parseNote` would not read them, for then the text or a signature is not what its maker thinks. */
export function formatNote({ text, signatures }: Note): Uint8Array {
  const bytes = utf8ToBytes(`${text}\n${signatures.map(formatSignatureLine).join('')}`);
  const reading = parseNote(bytes);
  if (!reading.ok) throw new RangeError(`No note can carry this text and these signatures: ${reading.code}`);
  if (reading.note.text !== text) throw new RangeError('The text of a note ends with one line feed');
  return bytes;
}

/** Which keys of type 1 signed the note. One bad signature in the name of a known key refuses it all; others are passed over. */
export async function verifyNote(note: Note, keys: readonly VerifierKey[]): Promise<NoteVerdict> {
  const message = utf8ToBytes(note.text);
  const verified: VerifierKey[] = [];
  for (const key of keys.filter(({ type }) => type === signatureTypes.note)) {
    const signatures = signaturesBy(key, note);
    for (const signature of signatures) {
      if (!(await verifyEd25519(key.publicKey, message, signature))) return { ok: false, code: 'signature_invalid' };
    }
    if (signatures.length > 0) verified.push(key);
  }
  return verified.length > 0 ? { ok: true, verified } : { ok: false, code: 'no_known_signature' };
}

/** Signs a note's text with a key of type 1. Throws when the signature does not fit the key, before anyone can publish it. */
export async function signNote(text: string, key: VerifierKey, sign: Sign): Promise<NoteSignature> {
  if (key.type !== signatureTypes.note) throw new RangeError('A note is signed with a key of type 1');
  requireNoteText(text);
  return { name: key.name, keyId: key.keyId, signature: await signChecked(utf8ToBytes(text), key, sign) };
}

/** Signs and checks the answer, because a signer that was given another private key would not notice. */
export async function signChecked(message: Uint8Array, key: VerifierKey, sign: Sign): Promise<Uint8Array> {
  const signature = await sign(message);
  if (await verifyEd25519(key.publicKey, message, signature)) return signature;
  throw new Error(`The signer of ${key.name} does not hold the private key of ${key.keyId}`);
}

/** Throws for a text that no note can carry, before it is signed. */
export function requireNoteText(text: string): void {
  if (!text.endsWith('\n') || !isPlainText(text))
    throw new RangeError('The text of a note ends with a line feed and holds no control characters');
}

/** What the note holds in the name of a key. */
export function signaturesBy(key: VerifierKey, { signatures }: Note): Uint8Array[] {
  return signatures
    .filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
    .map(({ signature }) => signature);
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [name = '', encoded = '', ...more] = line.slice(lineStart.length).split(' ');
  const bytes = decodeBase64(encoded);
  if (!line.startsWith(lineStart) || !isKeyName(name) || more.length > 0) return undefined;
  if (bytes === undefined || bytes.length <= keyIdBytes) return undefined;
  return { name, keyId: bytesToHex(bytes.subarray(0, keyIdBytes)), signature: bytes.slice(keyIdBytes) };
}

/** One signature line, its line feed included. */
export const formatSignatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `${lineStart}${name} ${encodeBase64(concatBytes(hexToBytes(keyId), signature))}\n`;
