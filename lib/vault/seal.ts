import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/**
 * Authenticated encryption of one value: AES-256-GCM with a random 96-bit nonce. The layout is one version byte, the nonce, the
 * ciphertext and the 128-bit tag. `place` says where the value belongs; a value moved to another row or column does not open.
 */
const layoutVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** Where a sealed value lives: workspace, session and field. Never empty, never the value itself. */
export type SealPlace = { workspaceId: string; sessionId: string; field: string };

export function seal(key: KeyObject, place: SealPlace, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(place));
  return Buffer.concat([Buffer.of(layoutVersion), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws when the key, the place or a single bit is not the one it was sealed with. */
export function open(key: KeyObject, place: SealPlace, sealed: Uint8Array): Buffer {
  if (sealed[0] !== layoutVersion || sealed.length < 1 + nonceBytes + tagBytes)
    throw new Error(`sealed ${place.field} has an unknown layout`);
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes, bytes.length - tagBytes)), decipher.final()]);
}

function additionalData({ workspaceId, sessionId, field }: SealPlace): Buffer {
  return Buffer.from(`${workspaceId}|${sessionId}|${field}|${layoutVersion}`);
}
