import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { encodeBase64 } from './base64.ts';
import { signatureBytes, verifyEd25519 } from './ed25519.ts';
import {
  formatSignatureLine,
  type Note,
  type NoteSignature,
  parseNote,
  requireNoteText,
  type Sign,
  signaturesBy,
  signChecked,
} from './signed-note.ts';
import { signatureTypes, type VerifierKey } from './verifier-key.ts';

/** The time stands before the signature, eight bytes big-endian (c2sp.org/tlog-cosignature). */
const timeBytes = 8;
/** The end of the year 9999, in seconds since 1970: the last time that RFC 3339 can tell. No witness has seen anything later. */
const latestSeconds = 253_402_300_799;

/** A witness that saw this checkpoint extend every earlier one, as of a time in seconds since 1970. */
export type Cosigned = { key: VerifierKey; timeSeconds: number };
export type CosignatureVerdict = { ok: true; cosigned: Cosigned[] } | { ok: false; code: 'cosignature_invalid' };

/** A cosignature/v1 on a checkpoint's text with a key of type 4. Throws when the signature does not fit the key. */
export async function cosign(text: string, key: VerifierKey, timeSeconds: number, sign: Sign): Promise<NoteSignature> {
  if (key.type !== signatureTypes.cosignature) throw new RangeError('A checkpoint is cosigned with a key of type 4');
  if (!Number.isSafeInteger(timeSeconds) || timeSeconds < 0 || timeSeconds > latestSeconds)
    throw new RangeError(`${timeSeconds} is not a number of seconds since 1970`);
  requireNoteText(text);
  const time = new Uint8Array(timeBytes);
  new DataView(time.buffer).setBigUint64(0, BigInt(timeSeconds));
  const signature = await signChecked(messageOf(text, timeSeconds), key, sign);
  return { name: key.name, keyId: key.keyId, signature: concatBytes(time, signature) };
}

/**
 * Which witnesses cosigned the note, and when; an empty list when none of these did. One bad signature in the name of a
 * known witness refuses it all. A public key counts once, whatever names it goes by, because the message does not hold
 * the name; of several times the earliest is given.
 */
export async function verifyCosignatures(note: Note, keys: readonly VerifierKey[]): Promise<CosignatureVerdict> {
  const cosigned = new Map<string, Cosigned>();
  for (const key of keys.filter(({ type }) => type === signatureTypes.cosignature)) {
    for (const signature of signaturesBy(key, note)) {
      const timeSeconds = await verifiedTime(note.text, key, signature);
      if (timeSeconds === undefined) return { ok: false, code: 'cosignature_invalid' };
      const identity = encodeBase64(key.publicKey);
      const before = cosigned.get(identity);
      if (before === undefined || timeSeconds < before.timeSeconds) cosigned.set(identity, { key, timeSeconds });
    }
  }
  return { ok: true, cosigned: [...cosigned.values()] };
}

/**
 * The line of this witness, its line feed included, in what it answered to the text of a checkpoint. Lines of other keys, which the
 * protocol allows, are passed over.
 */
export async function cosignatureIn(
  lines: string,
  text: string,
  key: VerifierKey,
): Promise<
  { ok: true; line: string } | { ok: false; code: 'malformed_lines' | 'cosignature_missing' | 'cosignature_invalid' }
> {
  const reading = parseNote(utf8ToBytes(`${text}\n${lines}`));
  if (!reading.ok || reading.note.text !== text) return { ok: false, code: 'malformed_lines' };
  const verdict = await verifyCosignatures(reading.note, [key]);
  if (!verdict.ok) return verdict;
  const own = reading.note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
  return own ? { ok: true, line: formatSignatureLine(own) } : { ok: false, code: 'cosignature_missing' };
}

async function verifiedTime(text: string, key: VerifierKey, dated: Uint8Array): Promise<number | undefined> {
  if (dated.length !== timeBytes + signatureBytes) return undefined;
  const at = cosignedAt(dated);
  if (!at) return undefined;
  const timeSeconds = at.getTime() / 1000;
  const isTrue = await verifyEd25519(key.publicKey, messageOf(text, timeSeconds), dated.subarray(timeBytes));
  return isTrue ? timeSeconds : undefined;
}

/** When a witness says that it saw the checkpoint, undefined when it tells no time: hearsay until the signature was verified. */
export function cosignedAt(cosignature: Uint8Array): Date | undefined {
  if (cosignature.length < timeBytes) return undefined;
  const seconds = Number(new DataView(cosignature.buffer, cosignature.byteOffset).getBigUint64(0));
  return seconds > latestSeconds ? undefined : new Date(seconds * 1000);
}

/** How records call a witness: by name and id, which together say which key signed. */
export const witnessName = ({ name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>): string => `${name}+${keyId}`;

const messageOf = (text: string, timeSeconds: number): Uint8Array =>
  utf8ToBytes(`cosignature/v1\ntime ${timeSeconds}\n${text}`);
