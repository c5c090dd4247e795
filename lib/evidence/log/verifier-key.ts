import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { publicKeyBytes } from './ed25519.ts';
import { isPlainText } from './strict-text.ts';

/** Signature types that we read (c2sp.org/signed-note): 1 signs a note's text, 4 is a witness's dated cosignature. */
export const signatureTypes = { note: 1, cosignature: 4 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** A public key with its name. `keyId` is eight hexadecimal digits, lower case; name and id together say which key signed a line. */
export type VerifierKey = { name: string; keyId: string; type: SignatureType; publicKey: Uint8Array };
export type VerifierKeyReading =
  | { ok: true; key: VerifierKey }
  | { ok: false; code: 'malformed_key' | 'malformed_key_name' | 'unknown_signature_type' | 'wrong_key_id' };

const keyIdBytes = 4;
const textShape = /^([^+]*)\+([0-9a-fA-F]{8})\+(.*)$/s;

/** Reads `name+hexid+base64(type ‖ key)` (c2sp.org/signed-note); the id must be the one that name, type and key give. */
export function parseVerifierKey(text: string): VerifierKeyReading {
  const [, name = '', keyId = '', encoded = ''] = textShape.exec(text) ?? [];
  const bytes = decodeBase64(encoded);
  if (bytes?.length !== 1 + publicKeyBytes) return { ok: false, code: 'malformed_key' };
  if (!isKeyName(name)) return { ok: false, code: 'malformed_key_name' };
  const type = Object.values(signatureTypes).find((known) => known === bytes[0]);
  if (type === undefined) return { ok: false, code: 'unknown_signature_type' };
  const key = verifierKey(name, type, bytes.subarray(1));
  return key.keyId === keyId.toLowerCase() ? { ok: true, key } : { ok: false, code: 'wrong_key_id' };
}

/** The text by which others are told a key, the one that `parseVerifierKey` reads. */
export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${encodeBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

/** A key under a name; its id is the first four bytes of SHA-256(name LF type key). Throws for a name or key that no note can carry. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError('A key name is empty or holds a space, a plus or a control character');
  if (publicKey.length !== publicKeyBytes) throw new RangeError('An Ed25519 public key is 32 bytes long');
  const digest = sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, keyId: bytesToHex(digest.subarray(0, keyIdBytes)), type, publicKey: publicKey.slice() };
}

/** Key names are not empty and hold no Unicode space and no plus, which separate them from what follows. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}+]/u.test(name) && isPlainText(name);
}
