import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign as signBytes } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '#lib/evidence/log/base64.ts';
import type { Sign } from '#lib/evidence/log/signed-note.ts';
import { isKeyName, type SignatureType, type VerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';

/** The form in which Go's note package keeps a signer's key: PRIVATE+KEY+name+id+base64(type ‖ seed). */
const shape = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/;
const seedBytes = 32;
/** What stands before a seed in PKCS #8 (RFC 8410). */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key pair under its name. The private half is in `sign` and nowhere else. */
export type NoteKey = { key: VerifierKey; sign: Sign };
export type NoteKeyReading = ({ ok: true } & NoteKey) | { ok: false; code: 'not_a_key' | 'wrong_key_id' };

/** A new key, and the one line to keep of it. */
export function newNoteKey(name: string, type: SignatureType): { line: string } & NoteKey {
  const seed = randomBytes(seedBytes);
  const made = noteKeyOf(name, type, privateKeyOf(seed));
  const encoded = encodeBase64(Buffer.concat([Buffer.of(type), seed]));
  return { ...made, line: `PRIVATE+KEY+${name}+${made.key.keyId}+${encoded}\n` };
}

/** The key of a key file's content, which must be of this type. */
export function readNoteKey(content: string, type: SignatureType): NoteKeyReading {
  const [, name = '', keyId, encoded = ''] = shape.exec(content.trim()) ?? [];
  const bytes = decodeBase64(encoded);
  if (bytes?.length !== 1 + seedBytes || bytes[0] !== type || !isKeyName(name)) return { ok: false, code: 'not_a_key' };
  const noteKey = noteKeyOf(name, type, privateKeyOf(bytes.subarray(1)));
  return noteKey.key.keyId === keyId ? { ok: true, ...noteKey } : { ok: false, code: 'wrong_key_id' };
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Start, seed]), format: 'der', type: 'pkcs8' });
}

function noteKeyOf(name: string, type: SignatureType, privateKey: KeyObject): NoteKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    key: verifierKey(name, type, Buffer.from(x, 'base64url')),
    sign: async (message) => new Uint8Array(signBytes(null, message, privateKey)),
  };
}
